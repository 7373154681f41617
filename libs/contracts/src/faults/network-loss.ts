import { z } from 'zod';
import { NEEDS_SCOPE, correlationSchema, deviceSchema, isScoped, networkScopeFields, percentSchema } from './network-scope.js';

/** Packets are lost on their way out. */
export const networkLossParamsSchema = z
  .strictObject({
    device: deviceSchema,
    lossPercent: percentSchema.describe('Share of packets that are lost, in percent'),
    correlationPercent: correlationSchema,
    ...networkScopeFields,
  })
  .refine(isScoped, NEEDS_SCOPE);
