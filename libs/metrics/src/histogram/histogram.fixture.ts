import fc from 'fast-check';
import { exponentialBound } from './bucket-bounds.js';
import { CUSTOM_BUCKETS_SCHEMA, type BucketRun, type Histogram } from './histogram.js';

export const NO_BUCKETS: BucketRun = { spans: [], counts: [] };

/** Exponential buckets of schema 0 that begin with bucket `offset`, all in one span. */
export function histogramOf(counts: readonly number[], changed: Partial<Histogram> = {}, offset = 0): Histogram {
  const count = counts.reduce((sum, one) => sum + one, 0) + (changed.zeroCount ?? 0);
  const positive = { spans: counts.length === 0 ? [] : [{ offset, length: counts.length }], counts };
  return { schema: 0, zeroThreshold: 0, zeroCount: 0, count, sum: 0, positive, negative: NO_BUCKETS, customBounds: [], resetHint: 'unknown', ...changed };
}

export function customOf(customBounds: readonly number[], counts: readonly number[], changed: Partial<Histogram> = {}): Histogram {
  return histogramOf(counts, { schema: CUSTOM_BUCKETS_SCHEMA, customBounds, ...changed });
}

/** What a histogram is by definition: each value counted in the bucket it belongs to. */
export function observed(values: readonly number[], { schema, zeroThreshold }: Pick<Histogram, 'schema' | 'zeroThreshold'>): Histogram {
  const outside = values.filter((value) => Math.abs(value) > zeroThreshold);
  return histogramOf([], {
    schema,
    zeroThreshold,
    zeroCount: values.length - outside.length,
    count: values.length,
    sum: values.reduce((sum, value) => sum + value, 0),
    positive: runOf(outside.filter((value) => value > 0).map((value) => bucketOf(value, schema))),
    negative: runOf(outside.filter((value) => value < 0).map((value) => bucketOf(-value, schema))),
  });
}

function bucketOf(value: number, schema: number): number {
  let index = Math.floor(Math.log2(value) * 2 ** schema) - 1;
  while (exponentialBound(index, schema) < value) index++;
  return index;
}

/** One span a bucket, so that nothing hangs on how spans are cut. */
function runOf(indexes: readonly number[]): BucketRun {
  const distinct = [...new Set(indexes)].sort((a, b) => a - b);
  return {
    spans: distinct.map((index, i) => ({ offset: i === 0 ? index : index - distinct[i - 1]! - 1, length: 1 })),
    counts: distinct.map((index) => indexes.filter((other) => other === index).length),
  };
}

/** Whole numbers of 64ths: they add up without rounding. */
export const someValues = fc.array(fc.integer({ min: -2000, max: 2000 }).map((value) => value / 64), { maxLength: 30 });
export const someSchema = fc.integer({ min: -2, max: 5 });
/** Bounds of buckets in every schema but the coarsest. */
export const someThreshold = fc.constantFrom(0, 2 ** -16, 2 ** -4, 1, 16);
