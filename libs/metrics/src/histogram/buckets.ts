import { customBound, exponentialBound } from './bucket-bounds.js';
import { CUSTOM_BUCKETS_SCHEMA, type BucketRun, type Histogram } from './histogram.js';
import { sparseBuckets } from './sparse-buckets.js';

/** One bucket with the values it is for. */
export interface Bucket {
  readonly lower: number;
  readonly upper: number;
  readonly lowerInclusive: boolean;
  readonly upperInclusive: boolean;
  readonly count: number;
}

export function hasCustomBuckets({ schema }: Histogram): boolean {
  return schema === CUSTOM_BUCKETS_SCHEMA;
}

/** Of exponential buckets only the zero bucket is. */
export function isAroundZero({ lower, upper }: Bucket): boolean {
  return lower <= 0 && upper >= 0;
}

/** From the one next to zero on, empty ones among them: one bucket for each count of `positive`. Custom buckets stand here too, and may be below zero. */
export function positiveBuckets(histogram: Histogram): Bucket[] {
  const { schema, customBounds } = histogram;
  if (!hasCustomBuckets(histogram)) return exponentialBuckets(histogram.positive, schema);
  const { indexes, counts } = sparseBuckets(histogram.positive);
  return indexes.map((index, i) => ({
    lower: customBound(index - 1, customBounds),
    upper: customBound(index, customBounds),
    lowerInclusive: index === 0,
    upperInclusive: true,
    count: counts[i]!,
  }));
}

/** From the one next to zero downwards: one bucket for each count of `negative`. */
export function negativeBuckets({ negative, schema }: Histogram): Bucket[] {
  return exponentialBuckets(negative, schema).map(({ lower, upper, count }) => ({ lower: -upper, upper: -lower, lowerInclusive: true, upperInclusive: false, count }));
}

function exponentialBuckets(run: BucketRun, schema: number): Bucket[] {
  const { indexes, counts } = sparseBuckets(run);
  return indexes.map((index, i) => ({
    lower: exponentialBound(index - 1, schema),
    upper: exponentialBound(index, schema),
    lowerInclusive: false,
    upperInclusive: true,
    count: counts[i]!,
  }));
}

export function zeroBucket({ zeroThreshold, zeroCount }: Histogram): Bucket {
  return { lower: -zeroThreshold, upper: zeroThreshold, lowerInclusive: true, upperInclusive: true, count: zeroCount };
}

/** Those that hold something, from the lowest values to the highest. A bucket that reaches into the zero bucket is cut at its edge. */
export function populatedBuckets(histogram: Histogram): Bucket[] {
  const { zeroCount, zeroThreshold } = histogram;
  const populated = ({ count }: Bucket): boolean => count !== 0;
  const below = negativeBuckets(histogram).filter(populated).reverse();
  const above = positiveBuckets(histogram).filter(populated);
  const buckets = zeroCount > 0 ? [...below, zeroBucket(histogram), ...above] : [...below, ...above];
  return zeroThreshold === 0 ? buckets : buckets.map((bucket) => outsideOf(bucket, zeroThreshold));
}

function outsideOf(bucket: Bucket, zeroThreshold: number): Bucket {
  if (bucket.upper < 0 && bucket.upper > -zeroThreshold) return { ...bucket, upper: -zeroThreshold };
  if (bucket.lower > 0 && bucket.lower < zeroThreshold) return { ...bucket, lower: zeroThreshold };
  return bucket;
}

export function observationsIn(buckets: readonly Bucket[]): number {
  return buckets.reduce((sum, { count }) => sum + count, 0);
}
