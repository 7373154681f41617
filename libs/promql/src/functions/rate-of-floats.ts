import type { Notes, RangeWindow } from './function-kinds.js';
import { extrapolationFactor } from './extrapolation.js';
import { overlappingStarts } from './note-texts.js';
import { hasOverlappingStarts, startsAnew, startWithin } from './start-timestamps.js';

/** The change of a gauge over the window, carried on to its bounds. Null with fewer than two samples. */
export function gaugeDelta(window: RangeWindow): number | null {
  const { run, first, end } = window;
  if (end - first < 2) return null;
  return (run.values[end - 1]! - run.values[first]!) * extrapolationFactor(window, 0, Infinity);
}

/** The same of a counter, with what it had reached at each reset. One sample is enough where it is known to have begun within the window. */
export function counterIncrease(window: RangeWindow, notes: Notes): number | null {
  const { run, first, end, metricName } = window;
  const startedMs = startWithin(window);
  if (end - first < 2 && startedMs === 0) return null;
  if (hasOverlappingStarts(window)) notes.warn(overlappingStarts(metricName));
  const firstValue = run.values[first]!;
  const change = changeOfCounter(window);
  if (startedMs !== 0) return (change + firstValue) * extrapolationFactor(window, startedMs, Infinity);
  return change * extrapolationFactor(window, 0, change > 0 && firstValue >= 0 ? firstValue / change : Infinity);
}

function changeOfCounter({ run, first, end }: RangeWindow): number {
  const { values, startsMs } = run;
  let before = values[first]!;
  let change = values[end - 1]! - before;
  for (let i = first + 1; i < end; i++) {
    const value = values[i]!;
    if (value < before || (startsMs !== null && startsAnew(run, i))) change += before;
    before = value;
  }
  return change;
}
