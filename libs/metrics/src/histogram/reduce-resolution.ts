import type { BucketRun, Histogram } from './histogram.js';
import { bucketRun, regroupBuckets, sparseBuckets, type SparseBuckets } from './sparse-buckets.js';

/** The same histogram in an exponential schema of fewer buckets; the same object when it has that schema already. A finer schema is a RangeError. */
export function reduceResolution(histogram: Histogram, schema: number): Histogram {
  if (schema === histogram.schema) return histogram;
  if (schema > histogram.schema) throw new RangeError(`buckets of schema ${histogram.schema} cannot be brought to schema ${schema}`);
  const reduce = (run: BucketRun): BucketRun => bucketRun(reduceBuckets(sparseBuckets(run), histogram.schema - schema));
  return { ...histogram, schema, positive: reduce(histogram.positive), negative: reduce(histogram.negative) };
}

/** Joins each 2^levels neighbours, all of one bucket of the coarser schema. */
export function reduceBuckets(buckets: SparseBuckets, levels: number): SparseBuckets {
  // Not the ceiling of the index itself, which could be -0.
  return levels === 0 ? buckets : regroupBuckets(buckets, (index) => Math.floor((index - 1) / 2 ** levels) + 1);
}
