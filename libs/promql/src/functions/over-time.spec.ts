import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXTREME_FUNCTIONS } from './extremes-over-time.js';
import { PICK_FUNCTIONS } from './pick-over-time.js';
import { applied, every, histogramOf, windowOf, type TimedSample } from './range-window.fixture.js';
import { SPREAD_FUNCTIONS } from './spread-over-time.js';
import { TOTAL_FUNCTIONS } from './total-over-time.js';

const FUNCTIONS = { ...EXTREME_FUNCTIONS, ...PICK_FUNCTIONS, ...SPREAD_FUNCTIONS, ...TOTAL_FUNCTIONS };
type Name = keyof typeof FUNCTIONS;

const over = (samples: readonly TimedSample[]) => windowOf(samples, { startSec: -1, endSec: 1000 });
const floats = (...values: number[]) => over(every(10, values));
const of = (name: Name, ...values: number[]) => applied(FUNCTIONS[name], floats(...values)).value;

const MIXED = over([[0, 3], [10, histogramOf([1])], [20, 1], [30, 4]]);
const HISTOGRAMS = over([[0, histogramOf([1, 2])], [10, histogramOf([3, 4])]]);
const IGNORED = 'ignored histograms in a range containing both floats and histograms for metric name "m"';

describe('totals over time', () => {
  it('add and average floats', () => {
    expect(of('sum_over_time', 1, 2, 6)).toBe(9);
    expect(of('avg_over_time', 1, 2, 6)).toBe(3);
  });

  it('add and average histograms bucket by bucket', () => {
    expect(applied(TOTAL_FUNCTIONS.sum_over_time, HISTOGRAMS).value).toMatchObject({ count: 10, positive: { counts: [4, 6] } });
    expect(applied(TOTAL_FUNCTIONS.avg_over_time, HISTOGRAMS).value).toMatchObject({ count: 5, positive: { counts: [2, 3] } });
  });

  it('give nothing for a mix, and say so', () => {
    for (const name of ['sum_over_time', 'avg_over_time'] as const) {
      expect(applied(FUNCTIONS[name], MIXED)).toEqual({ value: null, warnings: ['encountered a mix of histograms and floats for metric name "m"'], infos: [] });
      const { value, warnings } = applied(FUNCTIONS[name], over([[0, histogramOf([1])], [1, histogramOf([1], { schema: -53, customBounds: [2] })]]));
      expect(value).toBeNull();
      expect(warnings).toEqual(['vector contains a mix of histograms with exponential and custom buckets schemas for metric name "m"']);
    }
  });

  it('say so where one hint says reset and another says not', () => {
    const { warnings } = applied(TOTAL_FUNCTIONS.sum_over_time, over([[0, histogramOf([1], { resetHint: 'reset' })], [1, histogramOf([1], { resetHint: 'not-reset' })]]));
    expect(warnings).toEqual(['conflicting counter resets during histogram aggregation']);
  });
});

describe('extremes over time', () => {
  it('let NaN stand only where there is nothing else', () => {
    expect(of('min_over_time', NaN, 3, 1, NaN)).toBe(1);
    expect(of('max_over_time', NaN, 3, 1, NaN)).toBe(3);
    expect(of('max_over_time', NaN, NaN)).toBeNaN();
  });

  it('tell when the last of equal ones was', () => {
    expect(of('ts_of_max_over_time', 5, 9, 9, 1)).toBe(20);
    expect(of('ts_of_min_over_time', 1, 9, 1, 4)).toBe(20);
  });

  it('pass over histograms and say so, silently where there is nothing else', () => {
    expect(applied(EXTREME_FUNCTIONS.min_over_time, MIXED)).toEqual({ value: 1, warnings: [], infos: [IGNORED] });
    expect(applied(EXTREME_FUNCTIONS.ts_of_max_over_time, MIXED).value).toBe(30);
    expect(applied(EXTREME_FUNCTIONS.max_over_time, HISTOGRAMS)).toEqual({ value: null, warnings: [], infos: [] });
  });
});

describe('picks over time', () => {
  it('count, and take the ends of a window, whatever they are', () => {
    expect(applied(PICK_FUNCTIONS.count_over_time, MIXED).value).toBe(4);
    expect(applied(PICK_FUNCTIONS.present_over_time, MIXED).value).toBe(1);
    expect(applied(PICK_FUNCTIONS.first_over_time, HISTOGRAMS).value).toMatchObject({ count: 3 });
    expect(applied(PICK_FUNCTIONS.last_over_time, MIXED)).toEqual({ value: 4, warnings: [], infos: [] });
    expect(applied(PICK_FUNCTIONS.ts_of_first_over_time, MIXED).value).toBe(0);
    expect(applied(PICK_FUNCTIONS.ts_of_last_over_time, MIXED).value).toBe(30);
  });
});

describe('spread over time', () => {
  it('is that of the whole population', () => {
    // Mean 5, squared distances 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16.
    expect(of('stdvar_over_time', 2, 4, 4, 4, 5, 5, 7, 9)).toBeCloseTo(4, 12);
    expect(of('stddev_over_time', 2, 4, 4, 4, 5, 5, 7, 9)).toBeCloseTo(2, 12);
    expect(of('stdvar_over_time', 0.1, 0.1, 0.1)).toBe(0);
  });

  it('has the median of distances from the median', () => {
    // Median 2, distances 1, 1, 0, 0, 2, 4, 7.
    expect(of('mad_over_time', 1, 1, 2, 2, 4, 6, 9)).toBe(1);
    expect(of('mad_over_time', 1, NaN)).toBeNaN();
  });

  it('interpolates quantiles, and does not reorder the series', () => {
    const window = floats(8, 0, 4);
    expect(applied(SPREAD_FUNCTIONS.quantile_over_time, window, 0.25).value).toBe(2);
    expect([...window.run.values]).toEqual([8, 0, 4]);
  });

  it('says so where a quantile is none', () => {
    expect(applied(SPREAD_FUNCTIONS.quantile_over_time, floats(1, 2), 1.5)).toEqual({ value: Infinity, warnings: ['quantile value should be between 0 and 1, got 1.5'], infos: [] });
    expect(applied(SPREAD_FUNCTIONS.quantile_over_time, floats(1, 2), NaN).warnings).toEqual(['quantile value should be between 0 and 1, got NaN']);
    expect(applied(SPREAD_FUNCTIONS.quantile_over_time, HISTOGRAMS, 2).warnings).toEqual([]);
  });

  it('passes over histograms and says so', () => {
    expect(applied(SPREAD_FUNCTIONS.stdvar_over_time, MIXED).infos).toEqual([IGNORED]);
    expect(applied(SPREAD_FUNCTIONS.mad_over_time, MIXED)).toEqual({ value: 1, warnings: [], infos: [IGNORED] });
  });

  it('grows by the square of a factor and not by an offset (200 runs)', () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 30 });
    fc.assert(fc.property(values, fc.integer({ min: -50, max: 50 }), (numbers, other) => {
      const variance = of('stdvar_over_time', ...numbers) as number;
      expect(of('stdvar_over_time', ...numbers.map((value) => value + other))).toBeCloseTo(variance, 6);
      expect(of('stdvar_over_time', ...numbers.map((value) => value * other))).toBeCloseTo(variance * other * other, 1);
    }), { numRuns: 200 });
  });
});
