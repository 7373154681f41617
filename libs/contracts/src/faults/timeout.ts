import { z } from 'zod';
import { hitFields } from './match.js';

/** Hit requests are never answered; the connection is closed after `closeAfterMs`, or stays silent when that is 0. */
export const timeoutParamsSchema = z.strictObject({
  closeAfterMs: z.number().int().min(0).max(600_000).default(0).describe('Close the silent connection after this many milliseconds; 0 keeps it silent until the fault ends'),
  ...hitFields,
}).refine((params) => params.match?.status === undefined, { message: 'is known only on responses: use drop-response', path: ['match', 'status'] });
