import { z } from 'zod';
import { STATUS_NEEDS_RESPONSE, httpHitFields, messageSideSchema, statusNeedsResponse } from './match.js';

/** Flips bits in the body of hit messages; its length and framing stay. At least one byte of a body that is not empty is changed. */
export const corruptParamsSchema = z
  .strictObject({
    byteShare: z.number().gt(0).max(1).default(0.01).describe('Share of the bytes of the body that is changed'),
    on: messageSideSchema.default('response'),
    ...httpHitFields,
  })
  .refine(statusNeedsResponse, STATUS_NEEDS_RESPONSE);
