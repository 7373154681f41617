import type { BucketRun, Histogram } from './histogram.js';
import { bucketRun, sparseBuckets } from './sparse-buckets.js';

/** The same histogram without empty buckets and with as few spans as can be. */
export function compactHistogram(histogram: Histogram): Histogram {
  const { positive, negative } = histogram;
  return isCompact(positive) && isCompact(negative) ? histogram : { ...histogram, positive: compactRun(positive), negative: compactRun(negative) };
}

function isCompact({ spans, counts }: BucketRun): boolean {
  return !counts.includes(0) && spans.every(({ offset, length }, i) => length > 0 && (i === 0 || offset > 0));
}

export function compactRun(run: BucketRun): BucketRun {
  const { indexes, counts } = sparseBuckets(run);
  return bucketRun({ indexes: indexes.filter((_, i) => counts[i] !== 0), counts: counts.filter((count) => count !== 0) });
}
