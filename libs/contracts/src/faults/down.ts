import { z } from 'zod';

/** The port is closed, so the kernel refuses new connections; live ones are reset: as if the target's process were gone. */
export const downParamsSchema = z.strictObject({});
