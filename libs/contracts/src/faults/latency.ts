import { z } from 'zod';
import { STATUS_NEEDS_RESPONSE, httpHitFields, messageSideSchema, statusNeedsResponse } from './match.js';

/** Holds each hit request (http) or exchange (tcp) back by `latencyMs`, plus or minus up to `jitterMs`, evenly spread. */
export const latencyParamsSchema = z
  .strictObject({
    latencyMs: z.number().int().min(1).max(60_000).describe('Delay added to each request, in milliseconds'),
    jitterMs: z.number().int().min(0).max(60_000).default(0).describe('The delay varies by up to this much either way, in milliseconds'),
    on: messageSideSchema,
    ...httpHitFields,
  })
  .refine((p) => p.jitterMs <= p.latencyMs, { message: 'must not exceed latencyMs', path: ['jitterMs'] })
  .refine(statusNeedsResponse, STATUS_NEEDS_RESPONSE);
