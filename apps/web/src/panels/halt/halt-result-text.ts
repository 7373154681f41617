import { edgeLabel, targetLabel } from '#contracts';
import type { HaltResult } from '#contracts';
import { formatMs } from '../format/number.js';
import { formatClock } from '../format/time.js';

/** What a halt did: `Ended 2 faults in 43 ms.`, and what no agent has confirmed yet. */
export function haltResultText({ reverted, open, openUntil, unleased, tookMs }: HaltResult): string {
  const ended = [countOf(reverted, 'fault'), countOf(unleased.removed, 'toxic')].filter((text) => text !== '').join(' and ');
  const nothing = ended === '' && open.length + unleased.open.length === 0;
  const done = nothing ? `No fault was active; it took ${formatMs(tookMs)}.` : `Ended ${ended === '' ? '0 faults' : ended} in ${formatMs(tookMs)}.`;
  return [done, openText(open, openUntil), unleasedText(unleased.open)].filter((text) => text !== '').join(' ');
}

function openText(open: HaltResult['open'], openUntil: string | null): string {
  if (open.length === 0) return '';
  const until = openUntil === null ? '' : ` by ${formatClock(openUntil)} at the latest`;
  return `Not confirmed yet: ${open.map(({ target }) => targetLabel(target)).join(', ')}; the lease ends ${open.length === 1 ? 'it' : 'them'}${until}.`;
}

function unleasedText(open: HaltResult['unleased']['open']): string {
  if (open.length === 0) return '';
  const where = [...new Set(open.map(({ edge }) => edgeLabel(edge)))].join(', ');
  return `Not confirmed, and no lease ends ${open.length === 1 ? 'it' : 'them'}: ${countOf(open.length, 'toxic')} on ${where}. Look at Faults until ${open.length === 1 ? 'it is' : 'they are'} gone.`;
}

function countOf(count: number, one: string): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : `${one}s`}`;
}
