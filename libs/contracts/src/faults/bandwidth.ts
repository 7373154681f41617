import { z } from 'zod';
import { httpHitFields, streamsSchema } from './match.js';

/** Bytes flow at `bytesPerSec` at most: the bodies of hit messages (http), or whole streams of hit connections (tcp). */
export const bandwidthParamsSchema = z
  .strictObject({
    bytesPerSec: z.number().int().min(1).max(10_000_000_000).describe('Bytes a second and stream'),
    stream: streamsSchema,
    ...httpHitFields,
  })
  .refine((p) => p.match?.status === undefined || p.stream === 'downstream', { message: 'is known only on responses: set stream to "downstream"', path: ['match', 'status'] });
