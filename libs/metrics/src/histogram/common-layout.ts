import { customBound, exponentialBound } from './bucket-bounds.js';
import { hasCustomBuckets } from './buckets.js';
import type { BucketRun, Histogram } from './histogram.js';
import { reduceBuckets } from './reduce-resolution.js';
import { regroupBuckets, sparseBuckets, type SparseBuckets } from './sparse-buckets.js';

/** What buckets there are. */
export type Layout = Pick<Histogram, 'schema' | 'zeroThreshold' | 'customBounds'>;

/** The counts of a histogram in some layout. */
export interface LaidOut {
  readonly zeroCount: number;
  readonly positive: SparseBuckets;
  readonly negative: SparseBuckets;
}

/**
 * The finest layout that all can be brought to. Of exponential histograms: the coarsest schema, and a zero bucket that no populated bucket
 * straddles. Of custom ones: the bounds that all of them have. Null when there are both kinds.
 */
export function commonLayout(histograms: readonly [Histogram, ...Histogram[]]): { readonly layout: Layout; readonly boundsReconciled: boolean } | null {
  const [first] = histograms;
  const custom = hasCustomBuckets(first);
  if (histograms.some((histogram) => hasCustomBuckets(histogram) !== custom)) return null;
  if (!custom) {
    const schema = histograms.reduce((coarsest, histogram) => Math.min(coarsest, histogram.schema), first.schema);
    return { layout: { schema, zeroThreshold: commonThreshold(histograms), customBounds: [] }, boundsReconciled: false };
  }
  const others = histograms.filter(({ customBounds }) => !sameBounds(customBounds, first.customBounds));
  const customBounds = others.reduce((bounds, other) => intersection(bounds, other.customBounds), first.customBounds);
  return { layout: { schema: first.schema, zeroThreshold: first.zeroThreshold, customBounds }, boundsReconciled: others.length > 0 };
}

function commonThreshold(histograms: readonly Histogram[]): number {
  let threshold = -Infinity;
  for (const { zeroThreshold } of histograms) threshold = Math.max(threshold, zeroThreshold);
  for (;;) {
    const wider = histograms.reduce((widest, histogram) => thresholdWithin(histogram, widest), threshold);
    // Not ===, which never ends with a threshold of NaN.
    if (Object.is(wider, threshold)) return threshold;
    threshold = wider;
  }
}

/** The threshold, or the far end of the populated bucket that straddles it. */
export function thresholdWithin(histogram: Histogram, threshold: number): number {
  if (histogram.zeroThreshold === threshold) return threshold;
  return Math.max(beyondBucket(histogram.positive, histogram.schema, threshold), beyondBucket(histogram.negative, histogram.schema, threshold));
}

function beyondBucket(run: BucketRun, schema: number, threshold: number): number {
  const { indexes, counts } = sparseBuckets(run);
  const straddling = indexes.find((index, i) => counts[i] !== 0 && exponentialBound(index - 1, schema) < threshold && exponentialBound(index, schema) > threshold);
  return straddling === undefined ? threshold : exponentialBound(straddling, schema);
}

/** Brings a histogram to a layout that is no finer than its own. */
export function layOut(histogram: Histogram, layout: Layout): LaidOut {
  const positive = sparseBuckets(histogram.positive);
  const negative = sparseBuckets(histogram.negative);
  if (hasCustomBuckets(histogram)) return { zeroCount: histogram.zeroCount, positive: withBounds(positive, histogram.customBounds, layout.customBounds), negative };
  const levels = histogram.schema - layout.schema;
  if (histogram.zeroThreshold === layout.zeroThreshold) return { zeroCount: histogram.zeroCount, positive: reduceBuckets(positive, levels), negative: reduceBuckets(negative, levels) };
  const [above, below] = [positive, negative].map((buckets) => splitAtZero(buckets, histogram.schema, layout.zeroThreshold));
  return {
    zeroCount: histogram.zeroCount + above!.within + below!.within,
    positive: reduceBuckets(above!.outside, levels),
    negative: reduceBuckets(below!.outside, levels),
  };
}

/** What a wider zero bucket takes in, and what it leaves. */
function splitAtZero({ indexes, counts }: SparseBuckets, schema: number, threshold: number): { readonly within: number; readonly outside: SparseBuckets } {
  const found = indexes.findIndex((index) => exponentialBound(index - 1, schema) >= threshold);
  const end = found < 0 ? indexes.length : found;
  const within = counts.slice(0, end).reduce((sum, count) => sum + count, 0);
  return { within, outside: { indexes: indexes.slice(end), counts: counts.slice(end) } };
}

function withBounds(buckets: SparseBuckets, from: readonly number[], to: readonly number[]): SparseBuckets {
  if (sameBounds(from, to)) return buckets;
  let at = 0;
  return regroupBuckets(buckets, (index) => {
    const upper = customBound(index, from);
    while (customBound(at, to) < upper) at++;
    return at;
  });
}

export function sameBounds(one: readonly number[], other: readonly number[]): boolean {
  return one === other || (one.length === other.length && one.every((bound, i) => bound === other[i]));
}

function intersection(one: readonly number[], other: readonly number[]): readonly number[] {
  const bounds = new Set(other);
  return one.filter((bound) => bounds.has(bound));
}
