import type { RangeFunction } from './function-kinds.js';
import { sampleAt } from './window-samples.js';

/** What can be told of a window without looking at what its samples are: how many, the first, the last, and when these were. */
export const PICK_FUNCTIONS = {
  count_over_time: { kind: 'range', keepsName: false, evaluate: ({ first, end }) => end - first },
  present_over_time: { kind: 'range', keepsName: false, evaluate: () => 1 },
  first_over_time: { kind: 'range', keepsName: true, evaluate: ({ run, first }) => sampleAt(run, first) },
  last_over_time: { kind: 'range', keepsName: true, evaluate: ({ run, end }) => sampleAt(run, end - 1) },
  ts_of_first_over_time: { kind: 'range', keepsName: false, evaluate: ({ run, first }) => run.timesMs[first]! / 1000 },
  ts_of_last_over_time: { kind: 'range', keepsName: false, evaluate: ({ run, end }) => run.timesMs[end - 1]! / 1000 },
} as const satisfies Record<string, RangeFunction>;
