import fc from 'fast-check';
import { CUSTOM_BUCKETS_SCHEMA, type BucketRun, type Histogram } from '../histogram/histogram.js';

const SMALLEST = [Number.MIN_VALUE, -Number.MIN_VALUE, 2.2250738585072014e-308];
const LARGEST = [Number.MAX_VALUE, -Number.MAX_VALUE, Infinity, -Infinity];
const AROUND_EXACT = [2 ** 52, 2 ** 52 + 1, 2 ** 53 - 1, 2 ** 53, 2 ** 53 + 2, -(2 ** 53) + 1, 2 ** 63];
const FRACTIONS = [0.1, 0.30000000000000004, 1e-9, 123_456.789, 1 / 3];
export const SPECIAL_VALUES = [0, -0, 1, -1, 63, 64, -64, -65, NaN, ...SMALLEST, ...LARGEST, ...AROUND_EXACT, ...FRACTIONS];

/** As text, so that a difference in any bit is seen, between NaNs too. */
export function bitsOf(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return `${value} ${view.getBigUint64(0).toString(16)}`;
}

/** What series hold, and what they never should. */
export const someValue = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 }),
  fc.maxSafeInteger(),
  fc.integer({ min: -99_999, max: 9_999_999 }).map((k) => k / 100),
  fc.integer({ min: 0, max: 50 }).map((n) => n * 4_096 + 2 ** 30),
  fc.double({ noNaN: true }),
  fc.constantFrom(...SPECIAL_VALUES),
);

const someRun = (counts: fc.Arbitrary<number>): fc.Arbitrary<BucketRun> =>
  fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.array(counts, { maxLength: 4 })), { maxLength: 3 }).map((runs) => ({
    spans: runs.map(([offset, { length }]) => ({ offset, length })),
    counts: runs.flatMap(([, run]) => run),
  }));

const wholeCount = fc.integer({ min: 0, max: 40 });
const someCounts = fc.constantFrom(wholeCount, fc.oneof(wholeCount, fc.double({ min: 0, noNaN: true })));

/** Few layouts, so that neighbours often share one. */
export const someHistogram: fc.Arbitrary<Histogram> = someCounts.chain((counts) =>
  fc.record({
    schema: fc.constantFrom(0, 3, -4, CUSTOM_BUCKETS_SCHEMA),
    zeroThreshold: fc.constantFrom(0, 2 ** -128),
    zeroCount: counts,
    count: counts,
    sum: someValue,
    positive: fc.oneof(someRun(counts), fc.array(counts, { minLength: 5, maxLength: 5 }).map((five) => ({ spans: [{ offset: -2, length: 5 }], counts: five }))),
    negative: fc.oneof({ weight: 3, arbitrary: fc.constant({ spans: [], counts: [] }) }, { weight: 1, arbitrary: someRun(counts) }),
    customBounds: fc.constantFrom([], [], [0.1, 0.25, 1], [0.1, 0.5, 1]),
    resetHint: fc.constantFrom('unknown', 'reset', 'not-reset', 'gauge'),
  }),
);
