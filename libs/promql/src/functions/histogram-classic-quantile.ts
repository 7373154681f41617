import { raiseFalls, wholeHistogram, type ClassicBucket, type Repair } from './histogram-classic.js';

export interface ClassicQuantile {
  readonly value: number;
  readonly repair: Repair | null;
}

/**
 * The value that a fraction `q` of the observations does not exceed, each bucket's taken to be spread evenly and the first one's to begin at zero. NaN where
 * there is nothing to tell it from, -Infinity for q < 0, Infinity for q > 1.
 */
export function classicQuantile(q: number, given: readonly ClassicBucket[]): ClassicQuantile {
  if (Number.isNaN(q)) return { value: NaN, repair: null };
  if (q < 0 || q > 1) return { value: q < 0 ? -Infinity : Infinity, repair: null };
  const whole = wholeHistogram(given);
  if (whole === null) return { value: NaN, repair: null };
  const { buckets, repair } = raiseFalls(whole);
  return { value: quantileIn(buckets, q), repair };
}

function quantileIn(buckets: readonly ClassicBucket[], q: number): number {
  const count = buckets.at(-1)!.upTo;
  if (buckets.length < 2 || count === 0) return NaN;
  const rank = q * count;
  const found = buckets.findIndex(({ upTo }) => upTo >= rank);
  // How far the last bucket reaches is not known.
  if (found < 0 || found === buckets.length - 1) return buckets.at(-2)!.upper;
  const { upper, upTo } = buckets[found]!;
  const below = buckets[found - 1];
  if (below === undefined) return upper <= 0 ? upper : (upper * rank) / upTo;
  return below.upper + (upper - below.upper) * ((rank - below.upTo) / (upTo - below.upTo));
}
