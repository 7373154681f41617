import { compactHistogram } from './compact-histogram.js';
import { CUSTOM_BUCKETS_SCHEMA, type Histogram } from './histogram.js';

/** A bucket of a classic histogram: how many observations are at or below `upper`. */
export interface ClassicBucket {
  readonly upper: number;
  readonly upTo: number;
}

/** What the series `_bucket`, `_count` and `_sum` say of one moment; null: there is no such series. */
export interface ClassicHistogram {
  readonly buckets: readonly ClassicBucket[];
  readonly count: number | null;
  readonly sum: number | null;
}

/** A classic histogram whose series contradict each other. */
export class ClassicHistogramError extends Error {
  override readonly name = 'ClassicHistogramError';
}

/**
 * The same histogram with custom buckets, whose bounds are the `le` of the classic ones. Of buckets with the same bound the first counts; without a count
 * series the highest bucket tells the count; without a bucket for +Inf the count does that. Throws ClassicHistogramError.
 */
export function customFromClassic({ buckets, count, sum }: ClassicHistogram): Histogram {
  const sorted = distinct(buckets);
  const total = count ?? sorted.at(-1)?.upTo ?? 0;
  if (sorted.at(-1)?.upper !== Infinity) sorted.push({ upper: Infinity, upTo: total });
  requireCumulative(sorted, total);
  return compactHistogram({
    schema: CUSTOM_BUCKETS_SCHEMA,
    zeroThreshold: 0,
    zeroCount: 0,
    count: total,
    sum: sum ?? 0,
    positive: { spans: [{ offset: 0, length: sorted.length }], counts: sorted.map(({ upTo }, i) => upTo - (sorted[i - 1]?.upTo ?? 0)) },
    negative: { spans: [], counts: [] },
    customBounds: sorted.slice(0, -1).map(({ upper }) => upper),
    resetHint: 'unknown',
  });
}

function distinct(buckets: readonly ClassicBucket[]): ClassicBucket[] {
  const byBound = new Map<number, ClassicBucket>();
  for (const bucket of buckets) if (!byBound.has(bucket.upper)) byBound.set(bucket.upper, bucket);
  return [...byBound.values()].sort((a, b) => a.upper - b.upper);
}

function requireCumulative(sorted: readonly ClassicBucket[], total: number): void {
  let before = 0;
  for (const { upper, upTo } of sorted) {
    if (Number.isNaN(upper)) throw new ClassicHistogramError('the bound of a bucket is NaN');
    if (!(upTo >= before)) throw new ClassicHistogramError(`the bucket up to ${upper} holds ${upTo} observations, what is below it ${before}`);
    before = upTo;
  }
  if (before !== total) throw new ClassicHistogramError(`the count is ${total}, but the buckets hold ${before} observations`);
}
