import type { RangeWindow } from './function-kinds.js';

/** Whether an anchored or smoothed window has anything to tell: a sample behind its start and, when smoothed, one at or before its end. */
export function isReached({ run: { timesMs }, first, end, startMs, endMs, extension }: RangeWindow): boolean {
  return timesMs[end - 1]! > startMs && !(extension === 'smoothed' && timesMs[first]! > endMs);
}

/** Whether the value at the start lies between the first two samples, rather than being that of the first. Only of a window that is reached. */
export function isInterpolatedAtStart({ run: { timesMs }, first, startMs, extension }: RangeWindow): boolean {
  return extension === 'smoothed' && timesMs[first]! < startMs;
}

/** Whether the value at the end lies between the last two samples. */
export function isInterpolatedAtEnd({ run: { timesMs }, first, end, endMs, extension }: RangeWindow): boolean {
  return extension === 'smoothed' && end - first > 1 && timesMs[end - 1]! > endMs;
}
