import { wholeHistogram, type ClassicBucket } from './histogram-classic.js';

/** The fraction of the observations between two values, interpolated as for quantiles; NaN where there is nothing to tell it from. */
export function classicFraction(lower: number, upper: number, given: readonly ClassicBucket[]): number {
  const buckets = wholeHistogram(given);
  const count = buckets?.at(-1)?.upTo ?? 0;
  if (buckets === null || count === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return NaN;
  return lower >= upper ? 0 : (observationsBelow(upper, buckets) - observationsBelow(lower, buckets)) / count;
}

function observationsBelow(value: number, buckets: readonly ClassicBucket[]): number {
  const count = buckets.at(-1)!.upTo;
  const found = buckets.findIndex(({ upper }) => upper > value);
  if (found < 0) return count;
  const { upper, upTo } = buckets[found]!;
  const from = buckets[found - 1]?.upper ?? (upper > 0 ? 0 : -Infinity);
  const below = buckets[found - 1]?.upTo ?? 0;
  if (from >= value) return Math.min(below, count);
  // Nobody knows how deep the first bucket goes: all of it counts as below.
  return Math.min(from === -Infinity ? upTo : below + ((upTo - below) * (value - from)) / (upper - from), count);
}
