import type { Proof } from '#contracts';

export interface DropsSeen {
  /** Of the packets in scope, as asked. */
  readonly share: number;
  /** Connections that were tried through the fault, and how many of them the other side answered. */
  readonly probes: number;
  readonly answered: number;
  /** What the rule's own counter says. */
  readonly dropped: number;
  /** Whether the other side answered before the fault; null when nobody asked. */
  readonly answeredBefore: boolean | null;
}

// That a working fault hits no probe must be rarer than this before it is called a failure.
const CHANCE = 0.01;

export function judgeDrops(seen: DropsSeen): Omit<Proof, 'atMs'> {
  const { share, probes, answered, dropped, answeredBefore } = seen;
  const asked = share >= 1 ? 'every packet in scope vanishes' : `${100 * share} % of the packets in scope vanish`;
  if (probes === 0) {
    const got = dropped > 0 ? `${dropped} packets dropped` : '';
    return { verdict: dropped > 0 ? 'bites' : 'unproven', asked, got, how: dropped > 0 ? "watched the rule's counter" : 'no packet in scope came by; name one peer and port to have it probed' };
  }
  const before = answeredBefore === null ? '' : `, before the fault it ${answeredBefore ? 'answered' : 'did not answer'}`;
  const got = `${dropped} packets dropped, ${answered} of ${probes} connections answered${before}`;
  return { verdict: verdictOf(seen), asked, got, how: `${probes} connections to the first peer and port, and the rule's counter` };
}

function verdictOf({ share, probes, answered, dropped }: DropsSeen): Proof['verdict'] {
  if (dropped > 0) return 'bites';
  // Without an answer there may have been nothing to drop: packets that arrive are hit only if some arrive.
  const missedByChance = (1 - Math.min(1, share)) ** probes;
  return answered > 0 && missedByChance < CHANCE ? 'does-not-bite' : 'unproven';
}
