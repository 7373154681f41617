import type { Notes, RangeFunction, RangeWindow } from './function-kinds.js';
import { KahanSum } from './kahan-sum.js';
import { floatsOf } from './window-samples.js';

/** The line of least squares through a window's floats: its slope a second, and where it will be so many seconds after the step. Null with fewer than two. */
export const REGRESSION_FUNCTIONS = {
  deriv: {
    kind: 'range',
    keepsName: false,
    // Counted from a time among the samples the sums stay small, and exact.
    evaluate: (window, _, notes) => lineThrough(window, window.run.timesMs[window.first]!, notes)?.slope ?? null,
  },
  predict_linear: {
    kind: 'range',
    keepsName: false,
    evaluate: (window, [aheadSec], notes) => {
      const line = lineThrough(window, window.timeMs, notes);
      return line === null ? null : line.slope * aheadSec! + line.intercept;
    },
  },
} as const satisfies Record<string, RangeFunction>;

interface Line {
  readonly slope: number;
  /** At `originMs`. */
  readonly intercept: number;
}

function lineThrough(window: RangeWindow, originMs: number, notes: Notes): Line | null {
  const floats = floatsOf(window, notes);
  if (floats === null || floats.end - floats.first < 2) return null;
  return constantLine(floats) ?? fittedLine(floats, originMs);
}

/** Equal values are a level line without any rounding. */
function constantLine({ run: { values }, first, end }: RangeWindow): Line | null {
  const value = values[first]!;
  for (let i = first + 1; i < end; i++) if (values[i] !== value) return null;
  return Number.isFinite(value) ? { slope: 0, intercept: value } : { slope: NaN, intercept: NaN };
}

function fittedLine({ run: { timesMs, values }, first, end }: RangeWindow, originMs: number): Line {
  const sums = { x: new KahanSum(), y: new KahanSum(), xy: new KahanSum(), xx: new KahanSum() };
  for (let i = first; i < end; i++) {
    const x = (timesMs[i]! - originMs) / 1000;
    const y = values[i]!;
    sums.x.add(x);
    sums.y.add(y);
    sums.xy.add(x * y);
    sums.xx.add(x * x);
  }
  const n = end - first;
  const x = sums.x.value;
  const y = sums.y.value;
  const slope = (sums.xy.value - (x * y) / n) / (sums.xx.value - (x * x) / n);
  return { slope, intercept: y / n - (slope * x) / n };
}
