import { quantileOf } from '../engine/quantile.js';
import type { Notes, RangeFunction, RangeWindow } from './function-kinds.js';
import { KahanSum } from './kahan-sum.js';
import { invalidQuantile } from './note-texts.js';
import { floatsOf } from './window-samples.js';

/** How the floats of a window are spread. Variance and deviation are those of the whole population. */
export const SPREAD_FUNCTIONS = {
  stdvar_over_time: { kind: 'range', keepsName: false, evaluate: (window, _, notes) => ofFloats(window, notes, varianceOf) },
  stddev_over_time: { kind: 'range', keepsName: false, evaluate: (window, _, notes) => ofFloats(window, notes, (floats) => Math.sqrt(varianceOf(floats))) },
  mad_over_time: { kind: 'range', keepsName: false, evaluate: (window, _, notes) => ofFloats(window, notes, medianDeviationOf) },
  quantile_over_time: {
    kind: 'range',
    keepsName: false,
    evaluate: (window, [q], notes) =>
      ofFloats(window, notes, (floats) => {
        if (!(q! >= 0 && q! <= 1)) notes.warn(invalidQuantile(q!));
        return quantileOf(q!, valuesOf(floats));
      }),
  },
} as const satisfies Record<string, RangeFunction>;

function ofFloats(window: RangeWindow, notes: Notes, measure: (floats: RangeWindow) => number): number | null {
  const floats = floatsOf(window, notes);
  return floats === null ? null : measure(floats);
}

function valuesOf({ run, first, end }: RangeWindow): Float64Array {
  return run.values.slice(first, end);
}

/** Welford's method, both running values summed with compensation. */
function varianceOf({ run: { values }, first, end }: RangeWindow): number {
  const mean = new KahanSum();
  const squares = new KahanSum();
  for (let i = first; i < end; i++) {
    const delta = values[i]! - mean.value;
    mean.add(delta / (i - first + 1));
    squares.add(delta * (values[i]! - mean.value));
  }
  return squares.value / (end - first);
}

/** The median of the distances from the median. */
function medianDeviationOf(floats: RangeWindow): number {
  const values = valuesOf(floats);
  if (values.some(Number.isNaN)) return NaN;
  const median = quantileOf(0.5, values);
  return quantileOf(0.5, values.map((value) => Math.abs(value - median)));
}
