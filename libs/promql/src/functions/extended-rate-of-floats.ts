import { isInterpolatedAtEnd, isInterpolatedAtStart, isReached } from './extended-window.js';
import type { RangeWindow } from './function-kinds.js';

/**
 * The change over an anchored or smoothed window: between the values at its bounds, nothing extrapolated. Anchored, the value at a bound is that of the
 * last sample at or before it; smoothed, it is interpolated between the samples around it. Null when no sample is in reach of the window.
 */
export function extendedChange(window: RangeWindow, isCounter: boolean): number | null {
  if (!isReached(window)) return null;
  const { run: { values }, first, end, startMs, endMs } = window;
  const left = isInterpolatedAtStart(window) ? valueAt(window, first, startMs, isCounter) : values[first]!;
  const right = isInterpolatedAtEnd(window) ? valueAt(window, end - 2, endMs, isCounter) : values[end - 1]!;
  return right - left + (isCounter ? lostInResets(window, left, right) : 0);
}

/** Between samples `i` and `i` + 1. A counter that was reset between them is taken to have started anew from 0 right behind the first. */
function valueAt({ run: { timesMs, values } }: RangeWindow, i: number, timeMs: number, isCounter: boolean): number {
  const before = isCounter && values[i + 1]! < values[i]! ? 0 : values[i]!;
  return before + ((values[i + 1]! - before) * (timeMs - timesMs[i]!)) / (timesMs[i + 1]! - timesMs[i]!);
}

/** What the counter had reached at each reset strictly within the window; resets at its bounds are in `left` and `right`. */
function lostInResets({ run: { timesMs, values }, first, end, startMs, endMs }: RangeWindow, left: number, right: number): number {
  let before = left;
  let lost = 0;
  for (let i = first; i < end; i++) {
    if (timesMs[i]! <= startMs || timesMs[i]! >= endMs) continue;
    if (values[i]! < before) lost += before;
    before = values[i]!;
  }
  return right < before ? lost + before : lost;
}
