import type { SampleRun } from '#metrics';
import type { RangeWindow } from './function-kinds.js';

/** Whether the counter began anew between sample `i` - 1 and sample `i`, as far as their start timestamps tell. */
export function startsAnew({ timesMs, startsMs }: SampleRun, i: number): boolean {
  if (startsMs === null) return false;
  const startMs = startsMs[i]!;
  const beforeMs = timesMs[i - 1]!;
  // Not known, not valid, or a sender's way to say that it does not know.
  if (startMs === 0 || startMs >= timesMs[i]!) return false;
  if (startMs !== beforeMs) return startMs > beforeMs;
  // Delta samples each start where the one before ended. A sender that does not know the start points at the first sample it saw, whose own start then
  // is unknown.
  const beforeStartMs = startsMs[i - 1]!;
  return beforeStartMs !== 0 && beforeStartMs < beforeMs;
}

/** Whether any sample claims to have begun before the sample ahead of it was taken, and not where that one began. */
export function hasOverlappingStarts({ run: { timesMs, startsMs }, first, end }: RangeWindow): boolean {
  if (startsMs === null) return false;
  for (let i = first + 1; i < end; i++) {
    const startMs = startsMs[i]!;
    if (startMs !== 0 && startMs < timesMs[i - 1]! && startMs !== startsMs[i - 1]) return true;
  }
  return false;
}

/** When the counter of the window's first sample began, if that is within the window; 0 if not, or not known. */
export function startWithin({ run: { timesMs, startsMs }, first, startMs }: RangeWindow): number {
  const startedMs = startsMs === null ? 0 : startsMs[first]!;
  return startedMs > startMs && startedMs < timesMs[first]! ? startedMs : 0;
}
