import type { BucketRun, Histogram } from './histogram.js';

const NO_BUCKETS: BucketRun = { spans: [], counts: [] };

/** All counts and the sum times `factor`. What is turned negative can be no counter. */
export function scaleHistogram(histogram: Histogram, factor: number): Histogram {
  return mapNumbers(histogram, factor < 0, (number) => number * factor);
}

/** All counts and the sum divided. By zero, no buckets are left, as in Prometheus. */
export function divideHistogram(histogram: Histogram, divisor: number): Histogram {
  const divided = mapNumbers(histogram, divisor < 0, (number) => number / divisor);
  return divisor === 0 ? { ...divided, positive: NO_BUCKETS, negative: NO_BUCKETS } : divided;
}

function mapNumbers(histogram: Histogram, isTurned: boolean, map: (number: number) => number): Histogram {
  const { positive, negative } = histogram;
  return {
    ...histogram,
    zeroCount: map(histogram.zeroCount),
    count: map(histogram.count),
    sum: map(histogram.sum),
    positive: { spans: positive.spans, counts: positive.counts.map(map) },
    negative: { spans: negative.spans, counts: negative.counts.map(map) },
    resetHint: isTurned ? 'gauge' : histogram.resetHint,
  };
}
