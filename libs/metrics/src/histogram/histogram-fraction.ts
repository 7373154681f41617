import { hasCustomBuckets, isAroundZero, observationsIn, populatedBuckets, type Bucket } from './buckets.js';
import type { Histogram } from './histogram.js';
import { fractionBelow, narrowZeroBucket } from './interpolate-bucket.js';

export interface HistogramFraction {
  readonly value: number;
  /** There are observations of NaN, which are in no fraction. */
  readonly hasNan: boolean;
}

/** The fraction of the observations between two values. NaN for an empty histogram and bounds of NaN, 0 when `upper` is not above `lower`. */
export function histogramFraction(lower: number, upper: number, histogram: Histogram): HistogramFraction {
  const { count, sum } = histogram;
  if (count === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return { value: NaN, hasNan: false };
  if (lower >= upper) return { value: 0, hasNan: false };
  const buckets = populatedBuckets(histogram).map((bucket) => (isAroundZero(bucket) ? narrowZeroBucket(bucket, sidesOf(histogram)) : bucket));
  const total = Number.isNaN(sum) ? observationsIn(buckets) : count;
  const isLinear = hasCustomBuckets(histogram);
  const below = (value: number): number => Math.min(observationsBelow(value, buckets, isLinear) ?? total, total);
  return { value: (below(upper) - below(lower)) / count, hasNan: total < count };
}

function sidesOf({ positive, negative }: Histogram): { readonly positive: boolean; readonly negative: boolean } {
  return { positive: positive.counts.length > 0, negative: negative.counts.length > 0 };
}

/** Null when the value lies above all buckets. */
function observationsBelow(value: number, buckets: readonly Bucket[], isLinear: boolean): number | null {
  let rank = 0;
  for (const bucket of buckets) {
    if (bucket.lower >= value) return rank;
    // Nobody knows how deep the first custom bucket goes: all of it counts as below.
    if (bucket.upper > value) return bucket.lower === -Infinity ? bucket.count : rank + bucket.count * fractionBelow(bucket, value, isLinear || isAroundZero(bucket));
    rank += bucket.count;
  }
  return null;
}
