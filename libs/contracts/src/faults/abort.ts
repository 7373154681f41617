import { z } from 'zod';
import { STATUS_NEEDS_RESPONSE, httpHitFields, messageSideSchema, statusNeedsResponse } from './match.js';

/** Answers hit requests with a status and body: in place of the upstream (`request`), or in place of the answer it gave (`response`). HTTP edges only. */
export const abortParamsSchema = z
  .strictObject({
    httpStatus: z.number().int().min(400).max(599).describe('Status the caller gets instead of an answer'),
    body: z.string().max(65_536).optional().describe('Body of the answer; a line that names Faultline when left out'),
    contentType: z.string().regex(/^[\x20-\x7e]{1,100}$/, 'must be printable ASCII').default('text/plain; charset=utf-8').describe('Content-Type of the body'),
    on: messageSideSchema,
    ...httpHitFields,
  })
  .refine(statusNeedsResponse, STATUS_NEEDS_RESPONSE);
