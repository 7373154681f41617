import { formatGeneral } from '../parser/go-number.js';
import { QueryError } from '../query-error.js';
import type { RangeFunction, RangeWindow } from './function-kinds.js';
import { floatsOf } from './window-samples.js';

/** Holt's double exponential smoothing, by a smoothing and a trend factor. Null with fewer than two floats; QueryError unless both factors lie between 0 and 1. */
export const SMOOTHING_FUNCTIONS = {
  double_exponential_smoothing: {
    kind: 'range',
    keepsName: false,
    evaluate: (window, [smoothing, trend], notes) => {
      assertFactor('smoothing factor. Expected: 0 < sf < 1', smoothing!);
      assertFactor('trend factor. Expected: 0 < tf < 1', trend!);
      const floats = floatsOf(window, notes);
      return floats === null || floats.end - floats.first < 2 ? null : smoothed(floats, smoothing!, trend!);
    },
  },
} as const satisfies Record<string, RangeFunction>;

function assertFactor(expected: string, factor: number): void {
  if (factor <= 0 || factor >= 1) throw new QueryError('execution', `invalid ${expected}, got: ${Number.isFinite(factor) ? factor.toFixed(6) : formatGeneral(factor)}`);
}

function smoothed({ run: { values }, first, end }: RangeWindow, smoothing: number, trendFactor: number): number {
  let level = values[first]!;
  let trend = values[first + 1]! - level;
  for (let i = first + 1; i < end; i++) {
    const next = smoothing * values[i]! + (1 - smoothing) * (level + trend);
    // The first step uses the trend of the first two samples as it stands; each later one what came of the step before.
    trend = trendFactor * (next - level) + (1 - trendFactor) * trend;
    level = next;
  }
  return level;
}
