import { edgeKeyText } from '#contracts';
import type { EdgeKey, FaultView } from '#contracts';

/** The fault that may be acting on an edge now; null when there is none. */
export function liveFaultOn(faults: readonly FaultView[], edge: EdgeKey): FaultView | null {
  const text = edgeKeyText(edge);
  return faults.find((fault) => edgeKeyText(fault.target.edge) === text) ?? null;
}

/** The newest fault that ended on an edge; `faults` are newest first. */
export function lastEndedFaultOn(faults: readonly FaultView[], edge: EdgeKey): FaultView | null {
  return liveFaultOn(faults, edge);
}
