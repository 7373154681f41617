import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClassicHistogramError, customFromClassic } from './custom-from-classic.js';
import { customOf } from './histogram.fixture.js';
import { sparseBuckets } from './sparse-buckets.js';

describe('customFromClassic', () => {
  it('turns cumulative counts into those of each bucket', () => {
    const buckets = [{ upper: Infinity, upTo: 6 }, { upper: 1, upTo: 1 }, { upper: 2, upTo: 3 }];
    expect(customFromClassic({ buckets, count: 6, sum: 9 })).toEqual(customOf([1, 2], [1, 2, 3], { sum: 9 }));
  });

  it('finds what is missing in what is there', () => {
    const buckets = [{ upper: 1, upTo: 2 }];
    expect(customFromClassic({ buckets, count: null, sum: null })).toMatchObject({ count: 2, sum: 0, positive: { counts: [2] } });
    expect(customFromClassic({ buckets, count: 5, sum: null })).toMatchObject({ count: 5, positive: { counts: [2, 3] } });
    expect(customFromClassic({ buckets: [], count: 3, sum: 1 })).toMatchObject({ count: 3, customBounds: [], positive: { counts: [3] } });
    expect(customFromClassic({ buckets: [...buckets, { upper: 1, upTo: 9 }], count: null, sum: null }).count).toBe(2);
  });

  it.each([
    ['falling counts', [{ upper: 1, upTo: 3 }, { upper: Infinity, upTo: 2 }], null],
    ['a negative count', [{ upper: 1, upTo: -1 }], null],
    ['a bound that is no number', [{ upper: NaN, upTo: 1 }, { upper: Infinity, upTo: 1 }], null],
    ['another count', [{ upper: Infinity, upTo: 2 }], 3],
    ['a count of NaN', [{ upper: 1, upTo: NaN }], null],
  ])('refuses %s', (_, buckets, count) => {
    expect(() => customFromClassic({ buckets, count, sum: 0 })).toThrow(ClassicHistogramError);
  });

  it('keeps every count, whatever the order', () => {
    const someCounts = fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 10 }).chain((bounds) => fc.tuple(fc.constant(bounds), fc.array(fc.integer({ min: 0, max: 5 }), { minLength: bounds.length, maxLength: bounds.length })));
    fc.assert(
      fc.property(someCounts, ([bounds, counts]) => {
        const sorted = bounds.toSorted((a, b) => a - b);
        const buckets = bounds.map((upper) => ({ upper, upTo: counts.slice(0, sorted.indexOf(upper) + 1).reduce((sum, count) => sum + count, 0) }));
        const { positive, customBounds } = customFromClassic({ buckets, count: null, sum: null });
        const { indexes } = sparseBuckets(positive);
        expect(customBounds).toEqual(sorted);
        expect(sorted.map((_, index) => positive.counts[indexes.indexOf(index)] ?? 0)).toEqual(counts);
      }),
      { numRuns: 300 },
    );
  });
});
