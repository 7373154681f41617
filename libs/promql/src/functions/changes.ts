import { equalHistograms, isHistogramReset, type Histogram, type SampleRun } from '#metrics';
import type { RangeFunction, RangeWindow } from './function-kinds.js';
import { startsAnew } from './start-timestamps.js';
import { sampleAt } from './window-samples.js';

/** How often neighbouring samples of a window differ, and how often a counter was reset between them. From float to histogram counts as both. */
export const CHANGE_FUNCTIONS = {
  changes: { kind: 'range', keepsName: false, evaluate: (window) => countPairs(window, (run, i) => differ(sampleAt(run, i - 1), sampleAt(run, i))) },
  resets: { kind: 'range', keepsName: false, evaluate: (window) => countPairs(window, isReset) },
} as const satisfies Record<string, RangeFunction>;

/** An anchored window begins with the sample ahead of it, which says nothing by itself. */
function countPairs({ run, first, end, startMs }: RangeWindow, counts: (run: SampleRun, later: number) => boolean): number | null {
  if (run.timesMs[end - 1]! <= startMs) return null;
  let count = 0;
  for (let i = first + 1; i < end; i++) if (counts(run, i)) count++;
  return count;
}

function differ(earlier: number | Histogram, later: number | Histogram): boolean {
  if (typeof earlier === 'number' || typeof later === 'number') return earlier !== later && !(Number.isNaN(earlier) && Number.isNaN(later));
  return !equalHistograms(later, earlier);
}

function isReset(run: SampleRun, i: number): boolean {
  const earlier = sampleAt(run, i - 1);
  const later = sampleAt(run, i);
  if (typeof earlier === 'number' && typeof later === 'number') return later < earlier || startsAnew(run, i);
  if (typeof earlier === 'number' || typeof later === 'number') return true;
  return startsAnew(run, i) || isHistogramReset(later, earlier);
}
