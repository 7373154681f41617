import { z } from 'zod';
import { STATUS_NEEDS_RESPONSE, hitFields, messageSideSchema, statusNeedsResponse } from './match.js';

/** Cuts the body of hit messages after `afterBytes` and ends the connection, which is how a cut body shows in HTTP/1.1. */
export const truncateParamsSchema = z
  .strictObject({
    afterBytes: z.number().int().min(0).max(1_000_000_000).describe('Bytes of the body that still pass'),
    end: z.enum(['close', 'reset']).default('close').describe('How the connection ends after the cut'),
    on: messageSideSchema.default('response'),
    ...hitFields,
  })
  .refine(statusNeedsResponse, STATUS_NEEDS_RESPONSE);
