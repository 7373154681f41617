import { z } from 'zod';

export const shareSchema = z.number().gt(0).max(1).default(1).describe('Share of requests that are hit, from just above 0 to 1');
