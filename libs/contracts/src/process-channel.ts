import { z } from 'zod';

/**
 * What a child of `faultline up` says over the IPC channel of its parent: once `ready` when it serves, or `failed` with one line that names the
 * cause and what to do. Every child also exits by itself when its IPC channel closes, so a killed parent leaves no process behind.
 */
export const childMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('ready'),
    /** Server only: where the pages are, a one-time sign-in link and a single-use enrolment token. */
    server: z.strictObject({ origin: z.url(), signInUrl: z.url().nullable(), enrolToken: z.string() }).optional(),
  }),
  z.strictObject({ type: z.literal('progress'), message: z.string().max(200) }),
  z.strictObject({ type: z.literal('failed'), message: z.string().max(1_000) }),
]);
export type ChildMessage = z.infer<typeof childMessageSchema>;
