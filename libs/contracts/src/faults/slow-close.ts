import { z } from 'zod';
import { connectionHitFields, streamsSchema } from './match.js';

/** Data flows, but the end of a stream is passed on only after `delayMs`. */
export const slowCloseParamsSchema = z.strictObject({
  delayMs: z.number().int().min(1).max(600_000).describe('Delay of the end of a stream, in milliseconds'),
  stream: streamsSchema,
  ...connectionHitFields,
});
