import { sameBounds } from './common-layout.js';
import type { BucketRun, Histogram } from './histogram.js';
import { sparseBuckets } from './sparse-buckets.js';

/** The same data, to the last bit: NaN equals NaN, and an empty bucket is not the same as none. Hints do not count. */
export function equalHistograms(one: Histogram, other: Histogram): boolean {
  return (
    one.schema === other.schema &&
    one.zeroThreshold === other.zeroThreshold &&
    Object.is(one.zeroCount, other.zeroCount) &&
    Object.is(one.count, other.count) &&
    Object.is(one.sum, other.sum) &&
    sameBounds(one.customBounds, other.customBounds) &&
    equalRuns(one.positive, other.positive) &&
    equalRuns(one.negative, other.negative)
  );
}

function equalRuns(one: BucketRun, other: BucketRun): boolean {
  if (!sameNumbers(one.counts, other.counts)) return false;
  // Spans may be cut differently and mean the same buckets.
  return sameNumbers(sparseBuckets(one).indexes, sparseBuckets(other).indexes);
}

function sameNumbers(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((number, i) => Object.is(number, other[i]));
}
