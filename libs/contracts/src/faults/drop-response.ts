import { z } from 'zod';
import { hitFields } from './match.js';

/** The target sees and serves the request; its answer never arrives. The connection is then closed after `closeAfterMs`, or silent when that is 0. */
export const dropResponseParamsSchema = z.strictObject({
  closeAfterMs: z.number().int().min(0).max(600_000).default(1).describe('Close the connection this many milliseconds after the answer was dropped; 0 keeps it silent until the fault ends'),
  ...hitFields,
});
