import { z } from 'zod';
import { deviceSchema, networkScopeFields, NEEDS_SCOPE, isScoped } from './network-scope.js';

/** Packets leave no faster than the rate, by a token bucket; what waits longer than `queueMs` is dropped. */
export const networkRateParamsSchema = z
  .strictObject({
    device: deviceSchema,
    kilobitsPerSec: z.number().int().min(8).max(100_000_000).describe('Rate in kbit/s'),
    burstBytes: z.number().int().min(1_600).max(100_000_000).default(32_000).describe('Bytes that may leave at once'),
    queueMs: z.number().int().min(1).max(60_000).default(400).describe('How long a packet may wait, in milliseconds'),
    ...networkScopeFields,
  })
  .refine(isScoped, NEEDS_SCOPE);
