import { z } from 'zod';
import { NEEDS_SCOPE, correlationSchema, deviceSchema, isScoped, networkScopeFields, percentSchema } from './network-scope.js';

/** A share of the packets leaves at once while the others wait `delayMs`, and so overtakes them. */
export const networkReorderParamsSchema = z
  .strictObject({
    device: deviceSchema,
    reorderPercent: percentSchema.describe('Share of packets that overtake, in percent'),
    delayMs: z.number().int().min(1).max(60_000).default(10).describe('Delay of those that are overtaken, in milliseconds'),
    correlationPercent: correlationSchema,
    ...networkScopeFields,
  })
  .refine(isScoped, NEEDS_SCOPE);
