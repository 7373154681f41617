import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QueryError } from '../query-error.js';
import { REGRESSION_FUNCTIONS } from './linear-regression.js';
import { applied, every, histogramOf, windowOf } from './range-window.fixture.js';
import { SMOOTHING_FUNCTIONS } from './smoothing.js';

const { deriv, predict_linear } = REGRESSION_FUNCTIONS;
const BOUNDS = { startSec: -1, endSec: 100 };

describe('deriv and predict_linear', () => {
  it('fit the line of least squares', () => {
    // x 0 1 2, y 0 1 5: slope 5/2, through (1, 2).
    const window = windowOf(every(1, [0, 1, 5]), BOUNDS);
    expect(applied(deriv, window).value).toBeCloseTo(2.5, 12);
    expect(applied(predict_linear, window, 10).value).toBeCloseTo(2 + 2.5 * (100 + 10 - 1), 9);
  });

  it('predict from the moment of the step, not from the end of the window', () => {
    expect(applied(predict_linear, windowOf(every(1, [0, 1, 2]), { ...BOUNDS, timeSec: 50 }), 5).value).toBeCloseTo(55, 9);
  });

  it('find any line again (200 runs)', () => {
    const number = fc.integer({ min: -1000, max: 1000 });
    fc.assert(fc.property(number, number, fc.integer({ min: 2, max: 40 }), (slope, intercept, count) => {
      const window = windowOf(every(15, Array.from({ length: count }, (_, i) => intercept + slope * 15 * i)), { startSec: -1, endSec: 600 });
      expect(applied(deriv, window).value).toBeCloseTo(slope, 6);
      expect(applied(predict_linear, window, 60).value).toBeCloseTo(intercept + slope * 660, 3);
    }), { numRuns: 200 });
  });

  it('are level for equal values, and NaN for infinite ones', () => {
    const level = windowOf(every(7, [0.3, 0.3, 0.3]), BOUNDS);
    expect([applied(deriv, level).value, applied(predict_linear, level, 1e9).value]).toEqual([0, 0.3]);
    expect(applied(deriv, windowOf(every(1, [Infinity, Infinity]), BOUNDS)).value).toBeNaN();
    expect(applied(deriv, windowOf(every(1, [1, Infinity]), BOUNDS)).value).toBeNaN();
  });

  it('need two floats, and say that histograms are passed over', () => {
    const info = 'ignored histograms in a range containing both floats and histograms for metric name "m"';
    expect(applied(deriv, windowOf([[0, 1]], BOUNDS))).toEqual({ value: null, warnings: [], infos: [] });
    expect(applied(deriv, windowOf([[0, 1], [1, histogramOf([1])]], BOUNDS))).toEqual({ value: null, warnings: [], infos: [info] });
    expect(applied(deriv, windowOf([[0, histogramOf([1])], [1, 3], [2, 5]], BOUNDS))).toEqual({ value: 2, warnings: [], infos: [info] });
  });
});

describe('double_exponential_smoothing', () => {
  const { double_exponential_smoothing: smooth } = SMOOTHING_FUNCTIONS;

  it('follows level and trend', () => {
    // Level 2, trend 4; then 0.5 * 6 + 0.5 * (2 + 4) = 6, trend 0.5 * 4 + 0.5 * 4 = 4; then 0.5 * 8 + 0.5 * (6 + 4) = 9.
    expect(applied(smooth, windowOf(every(1, [2, 6, 8]), BOUNDS), 0.5, 0.5).value).toBe(9);
  });

  it('needs two floats', () => {
    expect(applied(smooth, windowOf([[0, 1]], BOUNDS), 0.5, 0.5).value).toBeNull();
  });

  it('fails unless both factors lie between 0 and 1', () => {
    const window = windowOf(every(1, [2, 6, 8]), BOUNDS);
    expect(() => applied(smooth, window, 1, 0.5)).toThrow(new QueryError('execution', 'invalid smoothing factor. Expected: 0 < sf < 1, got: 1.000000'));
    expect(() => applied(smooth, window, 0.5, -Infinity)).toThrow(new QueryError('execution', 'invalid trend factor. Expected: 0 < tf < 1, got: -Inf'));
  });
});
