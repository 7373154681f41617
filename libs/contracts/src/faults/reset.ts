import { z } from 'zod';
import { connectionHitFields } from './match.js';

/** Ends hit connections with RST `afterMs` after they were made, or after the fault began for those that were open. */
export const resetParamsSchema = z.strictObject({
  afterMs: z.number().int().min(0).max(600_000).default(0).describe('Life of a connection before it is reset, in milliseconds'),
  ...connectionHitFields,
});
