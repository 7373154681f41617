import type { BucketRun, Span } from '#metrics';

/** Marks a histogram whose bounds are listed. */
export const CUSTOM_BUCKETS_SCHEMA = -53;

/** Counts by the index of the bucket; empty buckets too. */
export function bucketCounts({ spans, counts }: BucketRun): ReadonlyMap<number, number> {
  const byIndex = new Map<number, number>();
  let index = 0;
  let at = 0;
  for (const { offset, length } of spans) {
    index += offset;
    for (const end = index + length; index < end; index += 1) byIndex.set(index, counts[at++]!);
  }
  return byIndex;
}

export function bucketRun(byIndex: ReadonlyMap<number, number>): BucketRun {
  const indexes = [...byIndex.keys()].sort((a, b) => a - b);
  const spans: Span[] = [];
  let end = 0;
  for (const index of indexes) {
    const last = spans.at(-1);
    if (last !== undefined && index === end) spans[spans.length - 1] = { ...last, length: last.length + 1 };
    else spans.push({ offset: index - end, length: 1 });
    end = index + 1;
  }
  return { spans, counts: indexes.map((index) => byIndex.get(index)!) };
}
