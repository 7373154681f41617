import { z } from 'zod';
import { NEEDS_SCOPE, correlationSchema, deviceSchema, isScoped, networkScopeFields, percentSchema } from './network-scope.js';

/** Packets leave twice. */
export const networkDuplicateParamsSchema = z
  .strictObject({
    device: deviceSchema,
    duplicatePercent: percentSchema.describe('Share of packets that are sent twice, in percent'),
    correlationPercent: correlationSchema,
    ...networkScopeFields,
  })
  .refine(isScoped, NEEDS_SCOPE);
