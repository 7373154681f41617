import type { Notes, RangeFunction, RangeWindow } from './function-kinds.js';
import { floatsOf } from './window-samples.js';

type Beats = (value: number, best: number) => boolean;

/** The least and the greatest float of a window, and when they were: of equal ones the last. NaN only where there is nothing else. */
export const EXTREME_FUNCTIONS = {
  min_over_time: extreme((value, best) => value < best),
  max_over_time: extreme((value, best) => value > best),
  ts_of_min_over_time: timeOfExtreme((value, best) => value <= best),
  ts_of_max_over_time: timeOfExtreme((value, best) => value >= best),
} as const satisfies Record<string, RangeFunction>;

function extreme(beats: Beats): RangeFunction {
  return { kind: 'range', keepsName: false, evaluate: (window, _, notes) => ofBest(window, beats, notes, ({ values }, i) => values[i]!) };
}

function timeOfExtreme(beats: Beats): RangeFunction {
  return { kind: 'range', keepsName: false, evaluate: (window, _, notes) => ofBest(window, beats, notes, ({ timesMs }, i) => timesMs[i]! / 1000) };
}

function ofBest(window: RangeWindow, beats: Beats, notes: Notes, tell: (run: RangeWindow['run'], i: number) => number): number | null {
  const floats = floatsOf(window, notes);
  return floats === null ? null : tell(floats.run, indexOfBest(floats, beats));
}

function indexOfBest({ run: { values }, first, end }: RangeWindow, beats: Beats): number {
  let best = first;
  for (let i = first + 1; i < end; i++) if (beats(values[i]!, values[best]!) || Number.isNaN(values[best]!)) best = i;
  return best;
}
