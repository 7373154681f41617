import { z } from 'zod';

/** Stops a process with SIGSTOP; SIGCONT lets it go on. */
export const processStopParamsSchema = z.strictObject({});
