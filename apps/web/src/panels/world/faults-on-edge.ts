import { edgeKeyText } from '#contracts';
import type { EdgeKey, FaultView, UnleasedFaultView } from '#contracts';

/** Those of `faults` that act, or acted, on an edge, in their order. */
export function faultsOn(faults: readonly FaultView[], edge: EdgeKey): readonly FaultView[] {
  const text = edgeKeyText(edge);
  return faults.filter(({ target }) => target.type === 'edge' && edgeKeyText(target.edge) === text);
}

/** The first of `faults` on an edge; null when there is none. Ended faults come newest first, so theirs is the last one. */
export function faultOn(faults: readonly FaultView[], edge: EdgeKey): FaultView | null {
  return faultsOn(faults, edge)[0] ?? null;
}

/** What holds on an edge without a lease. */
export function unleasedOn(unleased: readonly UnleasedFaultView[], edge: EdgeKey): readonly UnleasedFaultView[] {
  const text = edgeKeyText(edge);
  return unleased.filter((fault) => edgeKeyText(fault.edge) === text);
}
