import { z } from 'zod';

export const shareSchema = z.number().gt(0).max(1).default(1).describe('Share of what matches that is hit, from just above 0 to 1');
