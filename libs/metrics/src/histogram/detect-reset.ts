import { hasCustomBuckets } from './buckets.js';
import { commonLayout, layOut, thresholdWithin, type Layout } from './common-layout.js';
import type { Histogram } from './histogram.js';
import type { SparseBuckets } from './sparse-buckets.js';

/**
 * Whether the counter was reset somewhere between `earlier` and `later` (native histograms specification, section "Counter reset considerations"):
 * `later` says so, or a count has fallen, or the buckets have become finer, which no running counter does.
 */
export function isHistogramReset(later: Histogram, earlier: Histogram): boolean {
  if (later.resetHint === 'reset') return true;
  if (later.resetHint === 'not-reset') return false;
  if (later.count < earlier.count || hasCustomBuckets(later) !== hasCustomBuckets(earlier)) return true;
  const layout = hasCustomBuckets(later) ? commonLayout([later, earlier])!.layout : exponentialLayout(later, earlier);
  return layout === null || hasFallen(later, earlier, layout);
}

/** That of `later`, or null when `earlier` cannot have grown into it. */
function exponentialLayout(later: Histogram, earlier: Histogram): Layout | null {
  if (later.schema > earlier.schema || later.zeroThreshold < earlier.zeroThreshold) return null;
  return thresholdWithin(earlier, later.zeroThreshold) === later.zeroThreshold ? later : null;
}

function hasFallen(later: Histogram, earlier: Histogram, layout: Layout): boolean {
  const [now, before] = [layOut(later, layout), layOut(earlier, layout)];
  return now.zeroCount < before.zeroCount || someFell(now.positive, before.positive) || someFell(now.negative, before.negative);
}

function someFell(now: SparseBuckets, before: SparseBuckets): boolean {
  let at = 0;
  return before.indexes.some((index, i) => {
    while (at < now.indexes.length && now.indexes[at]! < index) at++;
    return now.indexes[at] === index ? now.counts[at]! < before.counts[i]! : before.counts[i] !== 0;
  });
}
