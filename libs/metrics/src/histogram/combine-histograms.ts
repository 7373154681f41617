import { commonLayout, layOut } from './common-layout.js';
import type { Histogram } from './histogram.js';
import { combineHints, hintsCollide } from './reset-hint.js';
import { addBuckets, bucketRun } from './sparse-buckets.js';

export interface CombinedHistograms {
  /** Not compacted: there may be empty buckets. */
  readonly histogram: Histogram;
  /** One hint says that the counter was reset, the other that it was not. */
  readonly resetsCollide: boolean;
  /** The custom bounds differed, so only those that both have are left. */
  readonly boundsReconciled: boolean;
}

/** The sum, in the finest buckets that both can be brought to. Null: one has custom buckets, the other exponential ones. */
export function addHistograms(one: Histogram, other: Histogram): CombinedHistograms | null {
  return combine(one, other, 1);
}

/** The difference, likewise; its counts may be negative. */
export function subtractHistograms(one: Histogram, other: Histogram): CombinedHistograms | null {
  return combine(one, other, -1);
}

function combine(one: Histogram, other: Histogram, sign: 1 | -1): CombinedHistograms | null {
  const common = commonLayout([one, other]);
  if (common === null) return null;
  const { schema, zeroThreshold, customBounds } = common.layout;
  const [left, right] = [layOut(one, common.layout), layOut(other, common.layout)];
  const histogram: Histogram = {
    schema,
    zeroThreshold,
    zeroCount: left.zeroCount + sign * right.zeroCount,
    count: one.count + sign * other.count,
    sum: one.sum + sign * other.sum,
    positive: bucketRun(addBuckets(left.positive, right.positive, sign)),
    negative: bucketRun(addBuckets(left.negative, right.negative, sign)),
    customBounds,
    resetHint: combineHints(one.resetHint, other.resetHint),
  };
  return { histogram, resetsCollide: hintsCollide(one.resetHint, other.resetHint), boundsReconciled: common.boundsReconciled };
}
