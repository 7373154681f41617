import type { Bucket } from './buckets.js';

/**
 * What part of a bucket lies at or below `value`, which is within its finite bounds. Its observations are taken to be spread evenly; in an exponential
 * bucket evenly over the logarithms, as finer buckets would hold them (native histograms specification, section "Interpolation within a bucket").
 */
export function fractionBelow({ lower, upper }: Bucket, value: number, isLinear: boolean): number {
  if (isLinear) return (value - lower) / (upper - lower);
  const [logLower, logUpper, logValue] = [Math.log2(Math.abs(lower)), Math.log2(Math.abs(upper)), Math.log2(Math.abs(value))];
  return value > 0 ? (logValue - logLower) / (logUpper - logLower) : 1 - (logValue - logUpper) / (logLower - logUpper);
}

/** The value that `fraction` of a bucket's observations do not exceed. */
export function valueAt({ lower, upper }: Bucket, fraction: number, isLinear: boolean): number {
  if (isLinear) return lower + (upper - lower) * fraction;
  const [logLower, logUpper] = [Math.log2(Math.abs(lower)), Math.log2(Math.abs(upper))];
  return lower > 0 ? 2 ** (logLower + (logUpper - logLower) * fraction) : -(2 ** (logUpper + (logLower - logUpper) * (1 - fraction)));
}

/** A zero bucket ends at zero on the side where the histogram has no buckets at all. */
export function narrowZeroBucket(bucket: Bucket, has: { readonly positive: boolean; readonly negative: boolean }): Bucket {
  if (has.positive && !has.negative) return { ...bucket, lower: 0 };
  if (has.negative && !has.positive) return { ...bucket, upper: 0 };
  return bucket;
}
