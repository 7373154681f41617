import type { BucketRun, Span } from './histogram.js';

/** Buckets by their index, ascending: what arithmetic on histograms works with. As many indexes as counts; what is not listed is empty. */
export interface SparseBuckets {
  readonly indexes: readonly number[];
  readonly counts: readonly number[];
}

export function sparseBuckets({ spans, counts }: BucketRun): SparseBuckets {
  const indexes: number[] = [];
  let index = 0;
  for (const { offset, length } of spans) {
    index += offset;
    for (const end = index + length; index < end; index++) indexes.push(index);
  }
  return { indexes, counts };
}

export function bucketRun({ indexes, counts }: SparseBuckets): BucketRun {
  const spans: Span[] = [];
  let end = 0;
  for (let from = 0; from < indexes.length; ) {
    let to = from + 1;
    while (to < indexes.length && indexes[to] === indexes[to - 1]! + 1) to++;
    spans.push({ offset: indexes[from]! - end, length: to - from });
    end = indexes[to - 1]! + 1;
    from = to;
  }
  return { spans, counts };
}

/** Bucket by bucket one + sign * other. */
export function addBuckets(one: SparseBuckets, other: SparseBuckets, sign: 1 | -1): SparseBuckets {
  const indexes: number[] = [];
  const counts: number[] = [];
  for (let i = 0, j = 0; i < one.indexes.length || j < other.indexes.length; ) {
    const ofOne = one.indexes[i] ?? Infinity;
    const ofOther = other.indexes[j] ?? Infinity;
    const index = Math.min(ofOne, ofOther);
    const count = ofOne === index ? one.counts[i++]! : 0;
    counts.push(ofOther === index ? count + sign * other.counts[j++]! : count);
    indexes.push(index);
  }
  return { indexes, counts };
}

/** Moves each bucket to the index that `target` gives; buckets that come together are added. `target` never descends. */
export function regroupBuckets({ indexes, counts }: SparseBuckets, target: (index: number) => number): SparseBuckets {
  const regrouped: { readonly indexes: number[]; readonly counts: number[] } = { indexes: [], counts: [] };
  for (const [i, index] of indexes.entries()) {
    const to = target(index);
    const last = regrouped.indexes.length - 1;
    if (regrouped.indexes[last] === to) regrouped.counts[last]! += counts[i]!;
    else {
      regrouped.indexes.push(to);
      regrouped.counts.push(counts[i]!);
    }
  }
  return regrouped;
}
