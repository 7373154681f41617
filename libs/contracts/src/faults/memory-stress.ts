import { z } from 'zod';

/** Holds memory, touched so that it is really there, in a process of its own. */
export const memoryStressParamsSchema = z.strictObject({
  mebibytes: z.number().int().min(1).max(4_194_304).describe('Memory to hold, in MiB'),
});
