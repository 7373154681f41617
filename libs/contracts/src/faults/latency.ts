import { z } from 'zod';
import { shareSchema } from './share.js';

/** Holds each hit request (http) or exchange (tcp) back by `latencyMs`, plus or minus up to `jitterMs`, evenly spread. */
export const latencyParamsSchema = z
  .strictObject({
    latencyMs: z.number().int().min(0).max(60_000).describe('Delay added to each request, in milliseconds'),
    jitterMs: z.number().int().min(0).max(60_000).default(0).describe('The delay varies by up to this much either way, in milliseconds'),
    share: shareSchema,
  })
  .refine((p) => p.jitterMs <= p.latencyMs || p.jitterMs === 0, { message: 'must not exceed latencyMs', path: ['jitterMs'] })
  .refine((p) => p.latencyMs > 0 || p.jitterMs > 0, { message: 'must be above 0', path: ['latencyMs'] });
