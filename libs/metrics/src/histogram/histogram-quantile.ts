import { hasCustomBuckets, isAroundZero, observationsIn, populatedBuckets, type Bucket } from './buckets.js';
import type { Histogram } from './histogram.js';
import { narrowZeroBucket, valueAt } from './interpolate-bucket.js';

/** What observations of NaN, which are counted but lie in no bucket, did to a quantile: nothing, moved it up, or left none to give. */
export type NanEffect = 'none' | 'skewed' | 'no-result';

export interface HistogramQuantile {
  readonly value: number;
  readonly nanEffect: NanEffect;
}

/**
 * The value that a fraction `q` of the observations does not exceed. NaN for an empty histogram or q = NaN, -Infinity for q < 0, Infinity for q > 1.
 * Observations of NaN count as the greatest.
 */
export function histogramQuantile(q: number, histogram: Histogram): HistogramQuantile {
  if (q < 0) return plain(-Infinity);
  if (q > 1) return plain(Infinity);
  return histogram.count === 0 || Number.isNaN(q) ? plain(NaN) : findQuantile(q, histogram);
}

function findQuantile(q: number, histogram: Histogram): HistogramQuantile {
  const { count } = histogram;
  const mayHaveNan = Number.isNaN(histogram.sum);
  const buckets = populatedBuckets(histogram);
  // From the nearer end fewer counts are added, so less is lost to rounding. But from above, observations of NaN would be missed.
  const fromBelow = mayHaveNan || q < 0.5;
  const rank = (fromBelow ? q : 1 - q) * count;
  const found = findRank(fromBelow ? buckets : buckets.toReversed(), rank);
  if (found === null) return mayHaveNan ? NO_RESULT : plain(NaN);
  const bucket = narrowEnds(found.bucket, histogram);
  if (typeof bucket === 'number') return plain(bucket);
  const reached = Math.min(found.reached, count);
  if (reached < rank) return mayHaveNan ? NO_RESULT : plain(bucket.upper);
  const within = fromBelow ? rank - (reached - bucket.count) : reached - rank;
  const value = valueAt(bucket, within / bucket.count, hasCustomBuckets(histogram) || isAroundZero(bucket));
  return { value, nanEffect: mayHaveNan && observationsIn(buckets) < count ? 'skewed' : 'none' };
}

const NO_RESULT: HistogramQuantile = { value: NaN, nanEffect: 'no-result' };
const plain = (value: number): HistogramQuantile => ({ value, nanEffect: 'none' });

/** The bucket in which `rank` is reached, or else the last one; null when there is none. */
function findRank(buckets: readonly Bucket[], rank: number): { readonly bucket: Bucket; readonly reached: number } | null {
  let reached = 0;
  for (const bucket of buckets) {
    reached += bucket.count;
    if (reached >= rank) return { bucket, reached };
  }
  const last = buckets.at(-1);
  return last === undefined ? null : { bucket: last, reached };
}

/** What is known of the values in a bucket; a number when that is all there is to say of them. */
function narrowEnds(bucket: Bucket, histogram: Histogram): Bucket | number {
  const { positive, negative } = histogram;
  if (!hasCustomBuckets(histogram)) {
    const isZero = bucket.lower < 0 && bucket.upper > 0;
    return isZero ? narrowZeroBucket(bucket, { positive: positive.counts.length > 0, negative: negative.counts.length > 0 }) : bucket;
  }
  // The first custom bucket is taken to begin at zero, unless all of it is below.
  if (bucket.lower === -Infinity) return bucket.upper <= 0 ? bucket.upper : { ...bucket, lower: 0 };
  return bucket.upper === Infinity ? bucket.lower : bucket;
}
