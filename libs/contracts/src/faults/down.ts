import { z } from 'zod';

/** New connections are refused and live ones reset, as if the target's process were gone. */
export const downParamsSchema = z.strictObject({});
