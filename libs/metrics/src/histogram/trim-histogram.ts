import { hasCustomBuckets, negativeBuckets, positiveBuckets, zeroBucket, type Bucket } from './buckets.js';
import { compactHistogram } from './compact-histogram.js';
import type { Histogram } from './histogram.js';
import { fractionBelow, narrowZeroBucket } from './interpolate-bucket.js';

/** What is left of a bucket, and about where in it. */
interface Rest {
  readonly count: number;
  readonly middle: number;
}

interface Cut {
  readonly bound: number;
  readonly keeps: 'below' | 'above';
  readonly isLinear: boolean;
}

/**
 * The observations below or above a bound, estimated where it goes through a bucket. The sum is then estimated too, from the middles of the buckets.
 * A bound that cuts nothing off gives the same histogram.
 */
export function trimHistogram(histogram: Histogram, bound: number, keeps: 'below' | 'above'): Histogram {
  const cut: Cut = { bound, keeps, isLinear: hasCustomBuckets(histogram) };
  const positive = positiveBuckets(histogram).map((bucket) => restOf(bucket, cut));
  const negative = negativeBuckets(histogram).map((bucket) => restOf(bucket, cut));
  const zero = restOfZero(histogram, cut);
  const counts = { positive: positive.map(({ count }) => count), negative: negative.map(({ count }) => count) };
  if (zero.count === histogram.zeroCount && same(counts.positive, histogram.positive.counts) && same(counts.negative, histogram.negative.counts)) return histogram;
  const rests = [...positive, ...negative, zero].filter(({ count }) => count !== 0);
  return compactHistogram({
    ...histogram,
    zeroCount: zero.count,
    count: rests.reduce((sum, { count }) => sum + count, 0),
    sum: rests.reduce((sum, { count, middle }) => sum + count * middle, 0),
    positive: { spans: histogram.positive.spans, counts: counts.positive },
    negative: { spans: histogram.negative.spans, counts: counts.negative },
  });
}

const same = (one: readonly number[], other: readonly number[]): boolean => one.every((count, i) => count === other[i]);
const NOTHING: Rest = { count: 0, middle: 0 };

function restOf(bucket: Bucket, { bound, keeps, isLinear }: Cut): Rest {
  const { lower, upper, count } = bucket;
  if (count === 0) return NOTHING;
  if (keeps === 'below' ? upper <= bound : lower >= bound) return { count, middle: middleOf(lower, upper, isLinear) };
  if (keeps === 'below' ? !(lower < bound) : !(upper > bound)) return NOTHING;
  if (lower === -Infinity) return restOfLowest(bucket, bound, keeps);
  // How far the highest bucket reaches is not known: all of it lies above the bound, as far as anyone can tell.
  if (upper === Infinity) return keeps === 'below' ? NOTHING : { count, middle: bound };
  const below = count * fractionBelow(bucket, bound, isLinear);
  return keeps === 'below' ? { count: below, middle: middleOf(lower, bound, isLinear) } : { count: count - below, middle: middleOf(bound, upper, isLinear) };
}

/** A lowest bucket that ends above zero is taken to begin there, if the bound does not say otherwise. What is known of none of it is given up. */
function restOfLowest({ upper, count }: Bucket, bound: number, keeps: 'below' | 'above'): Rest {
  if (keeps === 'below' && upper <= 0) return { count, middle: bound };
  if (upper <= 0 || upper === Infinity || bound < 0 || (keeps === 'below' && bound === 0)) return NOTHING;
  return keeps === 'below' ? { count: (count * bound) / upper, middle: bound / 2 } : { count: count * (1 - bound / upper), middle: (bound + upper) / 2 };
}

function middleOf(lower: number, upper: number, isLinear: boolean): number {
  if (lower === -Infinity) return upper === Infinity ? 0 : upper > 0 ? upper / 2 : upper;
  if (upper === Infinity) return lower;
  if (isLinear) return (lower + upper) / 2;
  return Math.sign(upper > 0 ? upper : lower) * Math.sqrt(Math.abs(lower * upper));
}

function restOfZero(histogram: Histogram, { bound, keeps }: Cut): Rest {
  if (!(histogram.zeroCount > 0)) return { count: histogram.zeroCount, middle: 0 };
  const isPopulated = (counts: readonly number[]): boolean => counts.some((count) => count !== 0);
  const { lower, upper, count } = narrowZeroBucket(zeroBucket(histogram), { positive: isPopulated(histogram.positive.counts), negative: isPopulated(histogram.negative.counts) });
  const whole: Rest = { count, middle: (lower + upper) / 2 };
  if (bound <= lower) return keeps === 'below' ? NOTHING : whole;
  if (bound >= upper) return keeps === 'below' ? whole : NOTHING;
  const [from, to] = keeps === 'below' ? [lower, bound] : [bound, upper];
  return { count: (count * (to - from)) / (upper - lower), middle: (from + to) / 2 };
}
