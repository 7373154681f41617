import { z } from 'zod';
import { connectionHitFields } from './match.js';

/** New connections are served only after a delay. */
export const connectDelayParamsSchema = z
  .strictObject({
    delayMs: z.number().int().min(1).max(120_000).describe('Delay before a new connection is served, in milliseconds'),
    jitterMs: z.number().int().min(0).max(60_000).default(0).describe('The delay varies by up to this much either way, in milliseconds'),
    ...connectionHitFields,
  })
  .refine((p) => p.jitterMs <= p.delayMs, { message: 'must not exceed delayMs', path: ['jitterMs'] });
