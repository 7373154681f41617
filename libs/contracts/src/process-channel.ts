import { z } from 'zod';

/**
 * What Node is told for an agent, whose work is to hand on bytes: each read is a buffer of 64 KiB, and one that another thread frees costs a page fault
 * for each page of the next. Collected by the thread that uses them, half the processor time of a stream is saved; the larger young generation, at
 * some 60 MB more at most, makes that rarer.
 */
export const AGENT_NODE_FLAGS: readonly string[] = ['--single-threaded-gc', '--max-semi-space-size=32'];

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
