import { z } from 'zod';

/** Keeps processor time busy in processes of its own, on top of what the host does already. */
export const cpuStressParamsSchema = z.strictObject({
  workers: z.number().int().min(1).max(256).describe('Processes that burn time; one keeps one core busy at 100 %'),
  loadPercent: z.number().int().min(1).max(100).default(100).describe('Share of one core that each worker burns, in percent'),
});
