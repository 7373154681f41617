import { z } from 'zod';
import { connectionHitFields } from './match.js';

/** The target forgets hit connections and the caller is not told: its bytes vanish, no answer comes, until the fault ends with a reset. */
export const halfOpenParamsSchema = z.strictObject({
  afterMs: z.number().int().min(0).max(600_000).default(0).describe('Life of a connection before the target forgets it, in milliseconds'),
  ...connectionHitFields,
});
