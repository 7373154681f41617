import type { Occurrence } from '#contracts';

/** Asked once for each match, in the order in which they come; true for those that are chosen. */
export type OccurrenceCounter = () => boolean;

/** Lets the first `afterCount` pass, then chooses each `everyCount`th, `firstCount` of them at most. */
export function countOccurrences(occurrence: Occurrence | undefined): OccurrenceCounter {
  if (occurrence === undefined) return () => true;
  const { afterCount, everyCount, firstCount = Infinity } = occurrence;
  let matches = 0;
  let chosen = 0;
  return () => {
    matches += 1;
    if (chosen >= firstCount || matches <= afterCount || (matches - afterCount) % everyCount !== 0) return false;
    chosen += 1;
    return true;
  };
}
