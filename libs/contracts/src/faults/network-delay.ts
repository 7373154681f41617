import { z } from 'zod';
import { NEEDS_SCOPE, correlationSchema, deviceSchema, isScoped, networkScopeFields } from './network-scope.js';

/** Packets leave late. */
export const networkDelayParamsSchema = z
  .strictObject({
    device: deviceSchema,
    delayMs: z.number().int().min(1).max(60_000).describe('Delay of each packet, in milliseconds'),
    jitterMs: z.number().int().min(0).max(60_000).default(0).describe('The delay varies by up to this much either way, in milliseconds'),
    correlationPercent: correlationSchema,
    ...networkScopeFields,
  })
  .refine((p) => p.jitterMs <= p.delayMs, { message: 'must not exceed delayMs', path: ['jitterMs'] })
  .refine(isScoped, NEEDS_SCOPE);
