import type { RangeWindow } from './function-kinds.js';

// A gap at a bound of up to 10 % more than the average interval is taken for the wait for the next sample; behind a longer one the series begins or ends,
// by guess half an interval away.
const LONGEST_WAIT = 1.1;

/**
 * By how much the change between the first and the last sample of a window grows when it is carried on to the window's bounds.
 * `startedMs`: when the counter began, within the window; then nothing is guessed ahead of it, and the change counts from there. 0: not known.
 * `zeroRatio`: the first value over the change. A counter is carried back to no earlier than where it would have been 0; Infinity: no counter.
 */
export function extrapolationFactor({ run: { timesMs }, first, end, startMs, endMs }: RangeWindow, startedMs: number, zeroRatio: number): number {
  const firstMs = timesMs[first]!;
  const lastMs = timesMs[end - 1]!;
  const averageSec = end - first < 2 ? 0 : (lastMs - firstMs) / 1000 / (end - first - 1);
  const sampledSec = (lastMs - (startedMs === 0 ? firstMs : startedMs)) / 1000;
  const toEndSec = reach((endMs - lastMs) / 1000, averageSec);
  const toStartSec = startedMs === 0 ? backToZero(reach((firstMs - startMs) / 1000, averageSec), sampledSec * zeroRatio) : 0;
  return (sampledSec + toStartSec + toEndSec) / sampledSec;
}

function reach(gapSec: number, averageSec: number): number {
  return gapSec >= averageSec * LONGEST_WAIT ? averageSec / 2 : gapSec;
}

/** Not Math.min: where no zero point can be told, it is NaN. */
function backToZero(toStartSec: number, toZeroSec: number): number {
  return toZeroSec < toStartSec ? toZeroSec : toStartSec;
}
