import { z } from 'zod';
import { connectionHitFields, streamsSchema } from './match.js';

/** Data arrives in small pieces, with a pause behind each. */
export const sliceParamsSchema = z
  .strictObject({
    averageBytes: z.number().int().min(1).max(1_000_000).describe('Average size of a piece, in bytes'),
    variationBytes: z.number().int().min(0).max(1_000_000).default(0).describe('The size varies by up to this much either way, in bytes'),
    pauseMicros: z.number().int().min(0).max(10_000_000).default(0).describe('Pause behind each piece, in microseconds'),
    stream: streamsSchema,
    ...connectionHitFields,
  })
  .refine((p) => p.variationBytes < p.averageBytes, { message: 'must be below averageBytes', path: ['variationBytes'] });
