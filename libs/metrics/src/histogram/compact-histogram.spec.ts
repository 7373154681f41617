import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { populatedBuckets } from './buckets.js';
import { compactHistogram } from './compact-histogram.js';
import { equalHistograms } from './equal-histograms.js';
import { histogramOf } from './histogram.fixture.js';
import type { BucketRun } from './histogram.js';

const someRun: fc.Arbitrary<BucketRun> = fc
  .array(fc.record({ offset: fc.integer({ min: 0, max: 3 }), counts: fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 4 }) }), { maxLength: 5 })
  .map((spans) => ({ spans: spans.map(({ offset, counts }) => ({ offset, length: counts.length })), counts: spans.flatMap(({ counts }) => counts) }));

describe('compactHistogram', () => {
  it('keeps every populated bucket, drops the others, and is done at once', () => {
    fc.assert(
      fc.property(someRun, someRun, (positive, negative) => {
        const histogram = histogramOf([], { positive, negative });
        const compact = compactHistogram(histogram);
        expect(populatedBuckets(compact)).toEqual(populatedBuckets(histogram));
        expect([...compact.positive.counts, ...compact.negative.counts]).not.toContain(0);
        for (const { spans } of [compact.positive, compact.negative]) expect(spans.every(({ offset, length }, i) => length > 0 && (i === 0 || offset > 0))).toBe(true);
        expect(compactHistogram(compact)).toBe(compact);
      }),
      { numRuns: 500 },
    );
  });
});

describe('equalHistograms', () => {
  const plain = histogramOf([1, 2]);

  it('takes no notice of how spans are cut, nor of hints', () => {
    const cut = { spans: [{ offset: 0, length: 1 }, { offset: 0, length: 0 }, { offset: 0, length: 1 }], counts: [1, 2] };
    expect(equalHistograms(plain, { ...plain, positive: cut, resetHint: 'gauge' })).toBe(true);
    expect(equalHistograms({ ...plain, sum: NaN }, { ...plain, sum: NaN })).toBe(true);
  });

  it.each([
    ['another count of a bucket', { positive: { ...plain.positive, counts: [1, 3] } }],
    ['the same counts in other buckets', { positive: { spans: [{ offset: 1, length: 2 }], counts: [1, 2] } }],
    ['an empty bucket more', { positive: { spans: [{ offset: 0, length: 3 }], counts: [1, 2, 0] } }],
    ['another schema', { schema: 1 }],
    ['another sum', { sum: 1 }],
    ['another zero bucket', { zeroThreshold: 1 }],
    ['other bounds', { customBounds: [1] }],
  ])('tells %s', (_, changed) => {
    expect(equalHistograms(plain, { ...plain, ...changed })).toBe(false);
  });
});
