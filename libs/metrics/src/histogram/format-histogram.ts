import { negativeBuckets, populatedBuckets, positiveBuckets, zeroBucket, type Bucket } from './buckets.js';
import { floatText } from './float-text.js';
import type { Histogram } from './histogram.js';

/** Prometheus' text of a histogram: `{count:4, sum:9.5, [-0.001,0.001]:1, (1,2]:3}`. Empty buckets are left out. */
export function formatHistogram(histogram: Histogram): string {
  const buckets = [...negativeBuckets(histogram).reverse(), zeroBucket(histogram), ...positiveBuckets(histogram)].filter(({ count }) => count !== 0);
  return `{${[`count:${floatText(histogram.count)}`, `sum:${floatText(histogram.sum)}`, ...buckets.map(formatBucket)].join(', ')}}`;
}

function formatBucket({ lower, upper, lowerInclusive, upperInclusive, count }: Bucket): string {
  return `${lowerInclusive ? '[' : '('}${floatText(lower)},${floatText(upper)}${upperInclusive ? ']' : ')'}:${floatText(count)}`;
}

/** Which bounds belong to a bucket: 0 the upper, 1 the lower, 2 neither, 3 both. */
export type BoundaryRule = 0 | 1 | 2 | 3;

/** The populated buckets as Prometheus' HTTP API lists them: rule, lower bound, upper bound, count. */
export function histogramBucketList(histogram: Histogram): readonly (readonly [rule: BoundaryRule, lower: number, upper: number, count: number])[] {
  return populatedBuckets(histogram).map((bucket) => [ruleOf(bucket), bucket.lower, bucket.upper, bucket.count]);
}

function ruleOf({ lowerInclusive, upperInclusive }: Bucket): BoundaryRule {
  if (upperInclusive) return lowerInclusive ? 3 : 0;
  return lowerInclusive ? 1 : 2;
}
