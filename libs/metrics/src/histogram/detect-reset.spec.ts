import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHistogramReset } from './detect-reset.js';
import { customOf, histogramOf, observed, someSchema, someThreshold, someValues } from './histogram.fixture.js';
import { noteResets } from './note-resets.js';

describe('isHistogramReset', () => {
  it('finds none where more was observed, even in coarser buckets and a wider zero bucket, and one the other way round', () => {
    fc.assert(
      fc.property(someValues, someValues, fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), someThreshold, (some, more, [fine, coarse], zeroThreshold) => {
        const earlier = observed(some, { schema: Math.max(fine, coarse), zeroThreshold: 0 });
        const later = observed([...some, ...more], { schema: Math.min(fine, coarse), zeroThreshold });
        expect(isHistogramReset(later, earlier)).toBe(false);
        if (more.length > 0) expect(isHistogramReset(earlier, later)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('finds one where observations are missing in any bucket', () => {
    fc.assert(
      fc.property(someValues, fc.integer({ min: 1, max: 2000 }), someSchema, (values, gone, schema) => {
        const earlier = observed([...values, gone / 64], { schema, zeroThreshold: 0 });
        const later = observed([...values, -gone / 64], { schema, zeroThreshold: 0 });
        expect(isHistogramReset(later, earlier)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('believes the hint of the later one, and not that of a gauge', () => {
    const [low, high] = [histogramOf([1]), histogramOf([2])];
    expect(isHistogramReset({ ...high, resetHint: 'reset' }, low)).toBe(true);
    expect(isHistogramReset({ ...low, resetHint: 'not-reset' }, high)).toBe(false);
    expect(isHistogramReset({ ...low, resetHint: 'gauge' }, { ...high, resetHint: 'not-reset' })).toBe(true);
  });

  it('takes finer buckets and a narrower zero bucket for one', () => {
    expect(isHistogramReset(histogramOf([1], { schema: 1 }), histogramOf([]))).toBe(true);
    expect(isHistogramReset(histogramOf([1], { zeroThreshold: 1 }), histogramOf([], { zeroThreshold: 2 }))).toBe(true);
  });

  it('takes a zero bucket that ends within a populated bucket for one', () => {
    const later = histogramOf([], { zeroThreshold: 1.5, zeroCount: 9 });
    expect(isHistogramReset(later, histogramOf([1], {}, 1))).toBe(true);
    expect(isHistogramReset(later, histogramOf([1], {}, 0))).toBe(false);
  });

  it('compares custom buckets between the bounds that both have', () => {
    const earlier = customOf([1, 2, 3], [1, 1, 1, 0]);
    expect(isHistogramReset(customOf([2, 3], [2, 1, 0]), earlier)).toBe(false);
    expect(isHistogramReset(customOf([2, 3], [1, 2, 0]), earlier)).toBe(true);
    expect(isHistogramReset(customOf([2], [9]), histogramOf([1]))).toBe(true);
    expect(isHistogramReset(histogramOf([9]), customOf([2], [1]))).toBe(true);
  });
});

describe('noteResets', () => {
  it('says of each histogram how it follows the one before, past other samples', () => {
    const noted = noteResets([histogramOf([1]), null, histogramOf([2]), histogramOf([1]), histogramOf([0], { resetHint: 'gauge' })]);
    expect(noted.map((histogram) => histogram?.resetHint)).toEqual(['unknown', undefined, 'not-reset', 'reset', 'gauge']);
  });
});
