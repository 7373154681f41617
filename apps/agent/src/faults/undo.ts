import { z } from 'zod';

const common = { faultId: z.uuid() };

/** How to undo a fault, on disk before it is applied. Enough for a process that knows nothing else. */
export const undoSchema = z.discriminatedUnion('driver', [
  /** Faults in this process's own proxies end with it: nothing is left to undo. */
  z.strictObject({ driver: z.literal('edge'), ...common }),
  /** `startTicks` tells the process from a later one with its number. `wasStopped`: somebody else had stopped it before. */
  z.strictObject({ driver: z.literal('process'), ...common, action: z.enum(['kill', 'stop']), pid: z.number().int().positive(), startTicks: z.string(), wasStopped: z.boolean() }),
  /** Stress processes carry `FAULTLINE_STRESS=<faultId>` in their environment, by which anyone can find and end them. */
  z.strictObject({ driver: z.literal('stress'), ...common }),
  /** A table of our own in nftables, named after the fault. `before`: the rule set without it, hashed. */
  z.strictObject({ driver: z.literal('nft'), ...common, table: z.string(), before: z.string() }),
  /** A root queueing discipline with our handle on a device. `before`: what the device had, as tc prints it. */
  z.strictObject({ driver: z.literal('tc'), ...common, device: z.string(), before: z.string() }),
]);
export type Undo = z.infer<typeof undoSchema>;

/** Undone by the end of this process alone; everything else needs a watchdog. */
export function endsWithAgent(undo: Undo): boolean {
  return undo.driver === 'edge';
}
