import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histogramFraction } from './histogram-fraction.js';
import { histogramQuantile } from './histogram-quantile.js';
import { histogramVariance } from './histogram-variance.js';
import { customOf, histogramOf, observed, someSchema, someThreshold, someValues } from './histogram.fixture.js';

const quantile = (q: number, histogram: Parameters<typeof histogramQuantile>[1]): number => histogramQuantile(q, histogram).value;
const someQ = fc.double({ min: 0, max: 1, noNaN: true });
const someHistogram = fc.tuple(someValues.filter((values) => values.length > 0), someSchema, someThreshold).map(([values, schema, zeroThreshold]) => observed(values, { schema, zeroThreshold }));

describe('histogramQuantile', () => {
  it('never falls as q grows', () => {
    fc.assert(
      fc.property(someHistogram, someQ, someQ, (histogram, p, q) => {
        // Below and above 0.5 it is counted from different ends, which may round differently.
        expect(quantile(Math.min(p, q), histogram)).toBeLessThanOrEqual(quantile(Math.max(p, q), histogram) + 1e-9);
      }),
      { numRuns: 500 },
    );
  });

  it('is undone by histogramFraction', () => {
    fc.assert(
      fc.property(someHistogram, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (histogram, q) => {
        const value = quantile(q, histogram);
        fc.pre(value !== 0);
        expect(histogramFraction(-Infinity, value, histogram).value).toBeCloseTo(q, 6);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['half of a bucket', 0.5, 2 ** 0.5],
    ['a quarter', 0.25, 2 ** 0.25],
    ['its end', 1, 2],
    ['below all', -0.1, -Infinity],
    ['above all', 1.1, Infinity],
  ])('finds %s on a logarithmic scale', (_, q, value) => {
    expect(quantile(q, histogramOf([4], {}, 1))).toBeCloseTo(value, 12);
  });

  it('mirrors negative buckets', () => {
    expect(quantile(0.25, histogramOf([], { count: 4, negative: { spans: [{ offset: 1, length: 1 }], counts: [4] } }))).toBeCloseTo(-(2 ** 0.75), 12);
  });

  it('spreads the zero bucket evenly, on one side of zero when nothing lies on the other', () => {
    const zero = { zeroThreshold: 1, zeroCount: 4 };
    expect(quantile(0.25, histogramOf([], zero))).toBe(-0.5);
    expect(quantile(0.25, histogramOf([4], zero, 1))).toBe(0.5);
    expect(quantile(0.75, histogramOf([], { ...zero, count: 8, negative: { spans: [{ offset: 1, length: 1 }], counts: [4] } }))).toBe(-0.5);
  });

  it('spreads custom buckets evenly, the first from zero on, and gives the edge of open ones', () => {
    const histogram = customOf([1, 2], [2, 2, 2]);
    expect([1 / 6, 0.5, 0.9].map((q) => quantile(q, histogram))).toEqual([0.5, 1.5, 2]);
    expect(quantile(0.1, customOf([-1, 2], [2, 2]))).toBe(-1);
  });

  it('is NaN for an empty histogram, one without buckets, and a q of NaN', () => {
    expect(quantile(NaN, histogramOf([4]))).toBeNaN();
    expect(quantile(0.5, histogramOf([]))).toBeNaN();
    expect(quantile(0.5, histogramOf([], { count: 1 }))).toBeNaN();
  });

  it('tells what observations of NaN do', () => {
    const histogram = histogramOf([4], { count: 8, sum: NaN }, 1);
    expect(histogramQuantile(0.25, histogram)).toEqual({ value: 2 ** 0.5, nanEffect: 'skewed' });
    expect(histogramQuantile(0.75, histogram)).toEqual({ value: NaN, nanEffect: 'no-result' });
    expect(histogramQuantile(0.5, { ...histogram, count: 4 }).nanEffect).toBe('none');
  });
});

describe('histogramFraction', () => {
  it('cuts buckets where quantiles do', () => {
    expect(histogramFraction(2 ** 0.5, 2, histogramOf([4], {}, 1)).value).toBeCloseTo(0.5, 12);
    expect(histogramFraction(-0.5, 0.5, histogramOf([], { zeroThreshold: 1, zeroCount: 4 })).value).toBe(0.5);
    expect(histogramFraction(0.5, 1.5, customOf([1, 2], [2, 2])).value).toBe(0.5);
  });

  it('is 0 between no values, and NaN where nothing is known', () => {
    const histogram = histogramOf([4], {}, 1);
    expect(histogramFraction(2, 2, histogram).value).toBe(0);
    expect(histogramFraction(NaN, 2, histogram).value).toBeNaN();
    expect(histogramFraction(0, 2, histogramOf([])).value).toBeNaN();
  });

  it('leaves observations of NaN out of every fraction, and says so', () => {
    expect(histogramFraction(-Infinity, Infinity, histogramOf([4], { count: 8, sum: NaN }, 1))).toEqual({ value: 0.5, hasNan: true });
  });
});

describe('histogramVariance', () => {
  it('takes observations for the middle of their bucket', () => {
    expect(histogramVariance(customOf([2, 4], [1, 1], { sum: 0, customBounds: [2, 4] }))).toBe(Infinity);
    expect(histogramVariance(histogramOf([1, 1], { sum: 6 }, 2))).toBeCloseTo(((8 ** 0.5 - 3) ** 2 + (32 ** 0.5 - 3) ** 2) / 2, 12);
    expect(histogramVariance(histogramOf([], { zeroCount: 3, zeroThreshold: 1 }))).toBe(0);
    expect(histogramVariance(histogramOf([]))).toBeNaN();
  });
});
