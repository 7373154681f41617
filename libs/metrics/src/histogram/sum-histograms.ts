import { commonLayout, layOut, type Layout } from './common-layout.js';
import { CompensatedSum } from './compensated-sum.js';
import type { Histogram } from './histogram.js';
import { combineHints } from './reset-hint.js';
import { divideHistogram } from './scale-histogram.js';
import { bucketRun, type SparseBuckets } from './sparse-buckets.js';

export interface TotalOfHistograms {
  /** Not compacted: there may be empty buckets. */
  readonly histogram: Histogram;
  /** The custom bounds differed, so only those that all have are left. */
  readonly boundsReconciled: boolean;
}

/** The sum of at least one, all with custom buckets or all with exponential ones: a RangeError otherwise. Rounding errors do not add up. */
export function sumHistograms(histograms: readonly Histogram[]): TotalOfHistograms {
  const [first, ...others] = histograms;
  const common = first === undefined ? null : commonLayout([first, ...others]);
  if (common === null) throw new RangeError('histograms to be added must all have custom buckets, or all exponential ones');
  return { histogram: total(histograms, common.layout), boundsReconciled: common.boundsReconciled };
}

/** The mean, likewise. */
export function averageHistograms(histograms: readonly Histogram[]): TotalOfHistograms {
  const sum = sumHistograms(histograms);
  const size = histograms.length;
  // Adding first is the most exact, as long as the sum fits into doubles.
  return hasInfinity(sum.histogram) ? sumHistograms(histograms.map((histogram) => divideHistogram(histogram, size))) : { ...sum, histogram: divideHistogram(sum.histogram, size) };
}

function total(histograms: readonly Histogram[], layout: Layout): Histogram {
  const [zeroCount, count, sum] = [new CompensatedSum(), new CompensatedSum(), new CompensatedSum()];
  const [positive, negative] = [new BucketsTotal(), new BucketsTotal()];
  for (const histogram of histograms) {
    const laidOut = layOut(histogram, layout);
    zeroCount.add(laidOut.zeroCount);
    count.add(histogram.count);
    sum.add(histogram.sum);
    positive.add(laidOut.positive);
    negative.add(laidOut.negative);
  }
  return {
    schema: layout.schema,
    zeroThreshold: layout.zeroThreshold,
    zeroCount: zeroCount.value,
    count: count.value,
    sum: sum.value,
    positive: bucketRun(positive.buckets()),
    negative: bucketRun(negative.buckets()),
    customBounds: layout.customBounds,
    resetHint: histograms.map(({ resetHint }) => resetHint).reduce(combineHints),
  };
}

class BucketsTotal {
  readonly #counts = new Map<number, CompensatedSum>();

  add({ indexes, counts }: SparseBuckets): void {
    for (const [i, index] of indexes.entries()) {
      let count = this.#counts.get(index);
      if (count === undefined) {
        count = new CompensatedSum();
        this.#counts.set(index, count);
      }
      count.add(counts[i]!);
    }
  }

  buckets(): SparseBuckets {
    const indexes = [...this.#counts.keys()].sort((a, b) => a - b);
    return { indexes, counts: indexes.map((index) => this.#counts.get(index)!.value) };
  }
}

function hasInfinity({ zeroCount, count, sum, positive, negative }: Histogram): boolean {
  return [zeroCount, count, sum, ...positive.counts, ...negative.counts].some((number) => number === Infinity || number === -Infinity);
}
