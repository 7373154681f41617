import { z } from 'zod';
import { NEEDS_SCOPE, correlationSchema, deviceSchema, isScoped, networkScopeFields, percentSchema } from './network-scope.js';

/** One bit of a packet is flipped on its way out. */
export const networkCorruptParamsSchema = z
  .strictObject({
    device: deviceSchema,
    corruptPercent: percentSchema.describe('Share of packets that are corrupted, in percent'),
    correlationPercent: correlationSchema,
    ...networkScopeFields,
  })
  .refine(isScoped, NEEDS_SCOPE);
