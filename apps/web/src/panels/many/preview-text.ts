import type { PreviewView } from '#contracts';
import { formatRate } from '../format/number.js';

/** `3 of 7 edges that match`. */
export function pickedText({ matched, picked }: PreviewView, what: 'edges' | 'hosts'): string {
  if (matched === 0) return `No ${what} match now`;
  return `${picked.length} of ${countText(matched, what)} that ${matched === 1 ? 'matches' : 'match'}`;
}

/** `3 edges`, `1 host`. */
export function countText(count: number, what: 'edges' | 'hosts'): string {
  return `${count} ${count === 1 ? what.slice(0, -1) : what}`;
}

/** `each of the 3 edges`, `the picked host`. */
export function eachText(count: number, what: 'edges' | 'hosts'): string {
  return count === 1 ? `the picked ${what.slice(0, -1)}` : `each of the ${count} ${what}`;
}

/** What crosses the picked edges now; empty for hosts. */
export function crossingText({ picked, requestsPerSec }: PreviewView): string {
  return picked.some((target) => target.requestsPerSec !== null) ? `Together they carry ${formatRate(requestsPerSec)} now.` : '';
}

/** Why nothing can start; null when all that is picked can. One refusal stops all, because nothing is started in part. */
export function previewRefusal({ matched, picked }: PreviewView): string | null {
  if (matched === 0) return 'Nothing matches now, so nothing can start. Widen the selection.';
  const refused = picked.filter(({ refusal }) => refusal !== null).length;
  return refused === 0 ? null : `${refused} of the ${picked.length} picked ${refused === 1 ? 'refuses' : 'refuse'}, so none would start: change the fault or the selection.`;
}
