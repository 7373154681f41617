import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addHistograms, subtractHistograms } from './combine-histograms.js';
import { compactHistogram } from './compact-histogram.js';
import { equalHistograms } from './equal-histograms.js';
import { customOf, histogramOf, observed, someSchema, someThreshold, someValues } from './histogram.fixture.js';
import type { Histogram, ResetHint } from './histogram.js';
import { reduceResolution } from './reduce-resolution.js';
import { averageHistograms, sumHistograms } from './sum-histograms.js';

const RUNS = 300;
const added = (one: Histogram, other: Histogram): Histogram => compactHistogram(addHistograms(one, other)!.histogram);

describe('addHistograms', () => {
  it('gives the histogram of all observations, in the coarser schema', () => {
    fc.assert(
      fc.property(someValues, someValues, someSchema, someSchema, (some, others, one, other) => {
        const sum = added(observed(some, { schema: one, zeroThreshold: 0 }), observed(others, { schema: other, zeroThreshold: 0 }));
        expect(sum).toEqual(compactHistogram(observed([...some, ...others], { schema: Math.min(one, other), zeroThreshold: 0 })));
      }),
      { numRuns: RUNS },
    );
  });

  it('takes the wider zero bucket when its edge is the edge of a bucket', () => {
    fc.assert(
      fc.property(someValues, someValues, someThreshold, someThreshold, (some, others, one, other) => {
        const sum = added(observed(some, { schema: 2, zeroThreshold: one }), observed(others, { schema: 0, zeroThreshold: other }));
        expect(sum).toEqual(compactHistogram(observed([...some, ...others], { schema: 0, zeroThreshold: Math.max(one, other) })));
      }),
      { numRuns: RUNS },
    );
  });

  it('widens the zero bucket to the end of a populated bucket, on either side', () => {
    const wide = histogramOf([], { zeroThreshold: 1.5, zeroCount: 2 });
    expect(added(histogramOf([3, 4], {}, 1), wide)).toMatchObject({ zeroThreshold: 2, zeroCount: 5, positive: { spans: [{ offset: 2, length: 1 }], counts: [4] } });
    const below = histogramOf([0, 4], { negative: { spans: [{ offset: 1, length: 1 }], counts: [7] } }, 1);
    expect(added(wide, below)).toMatchObject({ zeroThreshold: 2, zeroCount: 9, positive: { counts: [4] }, negative: { counts: [] } });
  });

  it('keeps of custom bounds those that both have, and says so', () => {
    const sum = addHistograms(customOf([1, 2, 5], [1, 2, 3, 4]), customOf([2, 4, 5], [10, 20, 30, 40]))!;
    expect(sum.boundsReconciled).toBe(true);
    expect(sum.histogram).toMatchObject({ customBounds: [2, 5], count: 110, positive: { counts: [13, 53, 44] } });
    expect(addHistograms(customOf([1], [1, 2]), customOf([1], [0, 3]))).toMatchObject({ boundsReconciled: false, histogram: { positive: { counts: [1, 5] } } });
    expect(addHistograms(customOf([1], [1, 2]), customOf([], [4]))!.histogram).toMatchObject({ customBounds: [], positive: { counts: [7] } });
  });

  it('gives null for custom with exponential buckets', () => {
    expect(addHistograms(customOf([1], [1]), histogramOf([1]))).toBeNull();
    expect(subtractHistograms(histogramOf([1]), customOf([1], [1]))).toBeNull();
  });

  it.each<[ResetHint, ResetHint, ResetHint, boolean]>([
    ['reset', 'reset', 'reset', false],
    ['gauge', 'reset', 'gauge', false],
    ['not-reset', 'gauge', 'gauge', false],
    ['unknown', 'reset', 'unknown', false],
    ['not-reset', 'unknown', 'unknown', false],
    ['reset', 'not-reset', 'unknown', true],
    ['not-reset', 'reset', 'unknown', true],
  ])('of hints %s and %s makes %s', (one, other, resetHint, resetsCollide) => {
    expect(addHistograms(histogramOf([1], { resetHint: one }), histogramOf([1], { resetHint: other }))).toMatchObject({ histogram: { resetHint }, resetsCollide });
  });

  it('ends with a zero threshold of NaN', () => {
    expect(added(histogramOf([1], { zeroThreshold: NaN }), histogramOf([1])).count).toBe(2);
  });
});

describe('subtractHistograms', () => {
  it('undoes an addition', () => {
    fc.assert(
      fc.property(someValues, someValues, someSchema, someThreshold, (some, others, schema, zeroThreshold) => {
        const [one, other] = [observed(some, { schema, zeroThreshold }), observed(others, { schema, zeroThreshold })];
        expect(equalHistograms(compactHistogram(subtractHistograms(added(one, other), other)!.histogram), compactHistogram(one))).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('goes below zero where only the other has a bucket', () => {
    expect(subtractHistograms(histogramOf([1]), histogramOf([2, 3]))!.histogram).toMatchObject({ count: -4, positive: { counts: [-1, -3] } });
  });
});

describe('reduceResolution', () => {
  it('gives what observing in the coarser schema gives, with count and sum kept', () => {
    fc.assert(
      fc.property(someValues, someSchema, fc.integer({ min: 0, max: 4 }), (values, schema, levels) => {
        const reduced = reduceResolution(observed(values, { schema, zeroThreshold: 0 }), schema - levels);
        expect(compactHistogram(reduced)).toEqual(compactHistogram(observed(values, { schema: schema - levels, zeroThreshold: 0 })));
      }),
      { numRuns: RUNS },
    );
  });

  it('refuses a finer schema', () => {
    expect(() => reduceResolution(histogramOf([1]), 1)).toThrow(RangeError);
  });
});

describe('sumHistograms and averageHistograms', () => {
  it('give all observations, and their share', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(someValues, someSchema, someThreshold), { minLength: 1, maxLength: 5 }), (parts) => {
        // In schemas below 0 the greater thresholds are no bounds of buckets.
        const histograms = parts.map(([values, schema, zeroThreshold]) => observed(values, { schema: Math.max(schema, 0), zeroThreshold }));
        const all = observed(parts.flatMap(([values]) => values), { schema: Math.min(...histograms.map(({ schema }) => schema)), zeroThreshold: Math.max(...histograms.map(({ zeroThreshold }) => zeroThreshold)) });
        expect(compactHistogram(sumHistograms(histograms).histogram)).toEqual(compactHistogram(all));
        expect(averageHistograms(histograms).histogram.count).toBeCloseTo(all.count / parts.length, 9);
      }),
      { numRuns: RUNS },
    );
  });

  it('keep what rounding would lose', () => {
    const histograms = [1e100, 1, -1e100].map((sum) => histogramOf([1], { sum }));
    expect(sumHistograms(histograms).histogram.sum).toBe(1);
    expect(averageHistograms(histograms).histogram.sum).toBeCloseTo(1 / 3, 12);
  });

  it('average what does not fit into a double as a sum', () => {
    const histograms = [1.7e308, 1.7e308].map((count) => histogramOf([count]));
    expect(averageHistograms(histograms).histogram).toMatchObject({ count: 1.7e308, positive: { counts: [1.7e308] } });
  });

  it('refuse none, and custom with exponential ones', () => {
    expect(() => sumHistograms([])).toThrow(RangeError);
    expect(() => sumHistograms([customOf([1], [1]), histogramOf([1])])).toThrow(RangeError);
  });

  it('say that bounds differed', () => {
    expect(sumHistograms([customOf([1, 2], [1]), customOf([1, 2], [1]), customOf([2], [1])])).toMatchObject({ boundsReconciled: true, histogram: { customBounds: [2] } });
  });
});
