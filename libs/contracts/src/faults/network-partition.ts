import { z } from 'zod';
import { NEEDS_SCOPE, directionSchema, isScoped, networkScopeFields } from './network-scope.js';

/** Packets to and from the peers vanish, in the kernel, without an answer. */
export const networkPartitionParamsSchema = z.strictObject({ direction: directionSchema, ...networkScopeFields }).refine(isScoped, NEEDS_SCOPE);
