import { z } from 'zod';
import { connectionHitFields, streamsSchema } from './match.js';

/** Hit connections are closed after `bytes` have passed on a stream. */
export const limitDataParamsSchema = z.strictObject({
  bytes: z.number().int().min(0).max(1_000_000_000_000).describe('Bytes that pass on a stream before the connection is closed'),
  stream: streamsSchema,
  ...connectionHitFields,
});
