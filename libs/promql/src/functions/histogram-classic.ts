/** How many observations are at or below `upper`. */
export interface ClassicBucket {
  readonly upper: number;
  readonly upTo: number;
}

/** Ascending, each bound once: counts for the same bound are added. Null when the highest is not +Inf, so that the whole is not known. */
export function wholeHistogram(buckets: readonly ClassicBucket[]): ClassicBucket[] | null {
  const sorted = buckets.toSorted((a, b) => (a.upper === b.upper ? 0 : a.upper - b.upper));
  if (sorted.at(-1)?.upper !== Infinity) return null;
  const distinct: ClassicBucket[] = [];
  for (const bucket of sorted) {
    const last = distinct.at(-1);
    if (last?.upper === bucket.upper) distinct[distinct.length - 1] = { upper: last.upper, upTo: last.upTo + bucket.upTo };
    else distinct.push(bucket);
  }
  return distinct;
}

/** What had to be put right so that the counts of a histogram do not fall. */
export interface Repair {
  readonly lowestBound: number;
  readonly highestBound: number;
  readonly maxDiff: number;
}

// Smaller differences, relative to the counts, come from rounding: no histogram has so many observations.
const ROUNDING = 1e-12;

/** A bucket cannot hold less than the one below it: where it does, it is given the same count. `repair` is null when that was at most rounding. */
export function raiseFalls(buckets: readonly ClassicBucket[]): { readonly buckets: readonly ClassicBucket[]; readonly repair: Repair | null } {
  let repair: Repair | null = null;
  let before = buckets[0]!.upTo;
  const raised = buckets.map((bucket) => {
    const { upper, upTo } = bucket;
    const isRounding = isAlmost(before, upTo);
    if (!isRounding && !(upTo < before)) {
      before = upTo;
      return bucket;
    }
    if (!isRounding) repair = { lowestBound: Math.min(repair?.lowestBound ?? upper, upper), highestBound: upper, maxDiff: Math.max(repair?.maxDiff ?? 0, before - upTo) };
    return { upper, upTo: before };
  });
  return { buckets: raised, repair };
}

function isAlmost(one: number, other: number): boolean {
  const sum = Math.abs(one) + Math.abs(other);
  return one === other || Math.abs(one - other) / Math.min(sum, Number.MAX_VALUE) < ROUNDING;
}
