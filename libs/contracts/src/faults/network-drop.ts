import { z } from 'zod';
import { shareSchema } from './share.js';
import { NEEDS_SCOPE, directionSchema, isScoped, networkScopeFields } from './network-scope.js';

/** A share of the packets vanishes, each by its own draw, in the kernel's packet filter. */
export const networkDropParamsSchema = z
  .strictObject({ share: shareSchema.describe('Share of packets that vanish'), direction: directionSchema, ...networkScopeFields })
  .refine(isScoped, NEEDS_SCOPE);
