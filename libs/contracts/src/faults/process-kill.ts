import { z } from 'zod';

/** Ends a process. Nothing brings it back but whoever supervises it, so this fault is over as soon as it is applied. */
export const processKillParamsSchema = z.strictObject({
  signal: z.enum(['SIGTERM', 'SIGKILL']).default('SIGKILL').describe('SIGTERM lets the process clean up, SIGKILL does not'),
});
