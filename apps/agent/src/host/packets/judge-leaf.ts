import type { Proof } from '#contracts';
import type { LeafCounters } from './tc-device.js';
import type { TcSpec } from './tc-plan.js';

export interface LeafSeen {
  /** Null when the fault is not on the device. */
  readonly leaf: LeafCounters | null;
  /** Whether a connection was tried through the fault, so that some packets were certain. */
  readonly probed: boolean;
  /** How long the other side took to answer before and under the fault; null when it did not, or when nobody asked. */
  readonly beforeMs: number | null;
  readonly afterMs: number | null;
}

// Two connections over one network differ by a little anyway; timers of the kernel are finer than this.
const ENOUGH_SHARE = 0.8;

export function judgeLeaf(spec: TcSpec, seen: LeafSeen): Omit<Proof, 'atMs'> {
  const asked = askedOf(spec);
  const { leaf } = seen;
  if (leaf === null) return { verdict: 'does-not-bite', asked, got: 'it is not on the device', how: 'asked tc' };
  const counts = `${leaf.packets} packets passed it, ${leaf.drops} dropped, ${leaf.overlimits} had to wait`;
  if (leaf.packets + leaf.drops === 0) {
    if (!seen.probed) return { verdict: 'unproven', asked, got: '', how: 'no packet in scope came by; name one peer and port to have it probed' };
    return { verdict: 'does-not-bite', asked, got: counts, how: 'a connection to the first peer and port: its packets do not leave by this device' };
  }
  return judgeEffect(spec, seen, leaf, { asked, got: counts });
}

function judgeEffect(spec: TcSpec, { beforeMs, afterMs }: LeafSeen, leaf: LeafCounters, said: { readonly asked: string; readonly got: string }): Omit<Proof, 'atMs'> {
  const counted = (bites: boolean, otherwise: string): Omit<Proof, 'atMs'> => ({ ...said, verdict: bites ? 'bites' : 'unproven', how: bites ? "the queue's own counters" : otherwise });
  switch (spec.kind) {
    case 'network-rate':
      return counted(leaf.overlimits > 0, 'traffic in scope is below the rate, so nothing had to wait yet');
    case 'network-loss':
      return counted(leaf.drops > 0, 'too few packets came by for one to be lost');
    case 'network-delay': {
      if (beforeMs === null || afterMs === null) return counted(false, 'packets pass the delay; name one peer and TCP port to have it measured');
      const leastMs = (spec.params.delayMs - spec.params.jitterMs) * ENOUGH_SHARE;
      const got = `+${(afterMs - beforeMs).toFixed(1)} ms until the answer (${beforeMs.toFixed(1)} ms before)`;
      return { asked: said.asked, got, verdict: afterMs - beforeMs >= leastMs ? 'bites' : 'does-not-bite', how: 'median of connections to the first peer and port, before and under the fault' };
    }
    case 'network-duplicate':
    case 'network-corrupt':
    case 'network-reorder':
      return counted(false, 'packets pass the fault; what becomes of each can be seen only where they arrive');
  }
}

function askedOf(spec: TcSpec): string {
  switch (spec.kind) {
    case 'network-rate':
      return `no more than ${spec.params.kilobitsPerSec} kbit/s`;
    case 'network-delay':
      return `+${spec.params.delayMs} ms on each packet${spec.params.jitterMs === 0 ? '' : ` (${spec.params.jitterMs} ms either way)`}`;
    case 'network-loss':
      return `${spec.params.lossPercent} % of the packets lost`;
    case 'network-duplicate':
      return `${spec.params.duplicatePercent} % of the packets sent twice`;
    case 'network-corrupt':
      return `${spec.params.corruptPercent} % of the packets with a flipped bit`;
    case 'network-reorder':
      return `${spec.params.reorderPercent} % of the packets overtake others`;
  }
}
