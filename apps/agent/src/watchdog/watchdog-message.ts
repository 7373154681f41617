import { z } from 'zod';
import { undoSchema } from '../faults/undo.js';

const faultId = z.uuid();
/** More than an hour cannot be asked for; see MAX_FAULT_DURATION_MS. */
const leaseLeftMs = z.number().min(0);

/** What an agent tells its watchdog, one JSON object a line, by the pipe whose end is the end of the agent. */
export const watchdogOrderSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hold'), undo: undoSchema, leaseLeftMs }),
  z.strictObject({ type: z.literal('renew'), faultId, leaseLeftMs }),
  z.strictObject({ type: z.literal('release'), faultId }),
]);
export type WatchdogOrder = z.infer<typeof watchdogOrderSchema>;

/** What it answers. */
export const watchdogWordSchema = z.discriminatedUnion('type', [z.strictObject({ type: z.literal('held'), faultId })]);
