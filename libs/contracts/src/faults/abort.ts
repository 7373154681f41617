import { z } from 'zod';
import { shareSchema } from './share.js';

/** Answers hit requests itself with a status, without asking the upstream. HTTP edges only. */
export const abortParamsSchema = z.strictObject({
  httpStatus: z.number().int().min(400).max(599).describe('Status the caller gets instead of an answer'),
  share: shareSchema,
});
