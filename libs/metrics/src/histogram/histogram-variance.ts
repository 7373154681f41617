import { hasCustomBuckets, isAroundZero, populatedBuckets, type Bucket } from './buckets.js';
import { CompensatedSum } from './compensated-sum.js';
import type { Histogram } from './histogram.js';

/** The variance of the observations, each taken to lie in the middle of its bucket. NaN for an empty histogram. */
export function histogramVariance(histogram: Histogram): number {
  const { count, sum } = histogram;
  const mean = sum / count;
  const isLinear = hasCustomBuckets(histogram);
  const squares = new CompensatedSum();
  for (const bucket of populatedBuckets(histogram)) squares.add(bucket.count * (middle(bucket, isLinear) - mean) ** 2);
  return squares.value / count;
}

function middle(bucket: Bucket, isLinear: boolean): number {
  const { lower, upper } = bucket;
  if (isLinear) return (lower + upper) / 2;
  if (isAroundZero(bucket)) return 0;
  return Math.sign(upper) * Math.sqrt(lower * upper);
}
