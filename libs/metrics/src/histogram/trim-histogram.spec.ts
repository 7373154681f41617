import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customOf, histogramOf, observed, someSchema, someThreshold, someValues } from './histogram.fixture.js';
import { trimHistogram } from './trim-histogram.js';

describe('trimHistogram', () => {
  it('cuts into two parts that hold everything', () => {
    fc.assert(
      fc.property(someValues, someSchema, someThreshold, fc.double({ min: -40, max: 40, noNaN: true }), (values, schema, zeroThreshold, bound) => {
        const histogram = observed(values, { schema, zeroThreshold });
        expect(trimHistogram(histogram, bound, 'below').count + trimHistogram(histogram, bound, 'above').count).toBeCloseTo(values.length, 9);
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same histogram when nothing is cut off', () => {
    const histogram = histogramOf([1, 2], { sum: 5 }, 1);
    expect(trimHistogram(histogram, 4, 'below')).toBe(histogram);
    expect(trimHistogram(histogram, 1, 'above')).toBe(histogram);
  });

  it('cuts through an exponential bucket, the zero bucket and a custom one', () => {
    expect(trimHistogram(histogramOf([4], {}, 1), 2 ** 0.5, 'above').count).toBeCloseTo(2, 12);
    expect(trimHistogram(histogramOf([], { zeroCount: 4, zeroThreshold: 1 }), 0.5, 'below')).toMatchObject({ zeroCount: 3, count: 3, sum: -0.75 });
    expect(trimHistogram(customOf([1, 2], [2, 4]), 1.5, 'below')).toMatchObject({ count: 4, sum: 2 * 0.5 + 2 * 1.25, positive: { counts: [2, 2] } });
  });

  it('takes an open bucket as a whole, but for a first one that ends above zero', () => {
    const histogram = customOf([4], [4, 2]);
    expect(trimHistogram(histogram, 1, 'below')).toMatchObject({ count: 1, sum: 0.5 });
    expect(trimHistogram(histogram, 1, 'above')).toMatchObject({ count: 5 });
    expect(trimHistogram(histogram, 8, 'below')).toMatchObject({ count: 4 });
    expect(trimHistogram(histogram, 8, 'above')).toMatchObject({ count: 2, sum: 16 });
    expect(trimHistogram(customOf([-1], [4, 2]), -2, 'below')).toMatchObject({ count: 4, sum: -8 });
    expect(trimHistogram(customOf([-1], [4, 2]), -2, 'above')).toMatchObject({ count: 2 });
  });
});
