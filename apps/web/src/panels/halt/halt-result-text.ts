import { edgeLabel } from '#contracts';
import type { HaltResult } from '#contracts';
import { formatMs } from '../format/number.js';
import { formatClock } from '../format/time.js';

/** What a halt did: `Ended 2 faults in 43 ms.`, and what no agent has confirmed yet. */
export function haltResultText({ reverted, open, openUntil, tookMs }: HaltResult): string {
  const ended = reverted === 0 && open.length === 0 ? `No fault was active; it took ${formatMs(tookMs)}.` : `Ended ${reverted} ${reverted === 1 ? 'fault' : 'faults'} in ${formatMs(tookMs)}.`;
  if (open.length === 0) return ended;
  const where = open.map((fault) => edgeLabel(fault.target.edge)).join(', ');
  const until = openUntil === null ? '' : ` by ${formatClock(openUntil)} at the latest`;
  return `${ended} Not confirmed yet: ${where}; the lease ends ${open.length === 1 ? 'it' : 'them'}${until}.`;
}
