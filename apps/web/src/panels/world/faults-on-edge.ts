import { edgeKeyText } from '#contracts';
import type { EdgeKey, FaultView } from '#contracts';

/** The first of `faults` that acts, or acted, on an edge; null when there is none. Ended faults come newest first, so theirs is the last one. */
export function faultOn(faults: readonly FaultView[], edge: EdgeKey): FaultView | null {
  const text = edgeKeyText(edge);
  return faults.find((fault) => edgeKeyText(fault.target.edge) === text) ?? null;
}
