import { edgeKeyText } from '#contracts';
import type { FaultView, UnleasedFaultView } from '#contracts';
import type { World } from './world.js';

/** What acts on one edge: with a lease, and without. */
export interface EdgeFaults {
  readonly leased: readonly FaultView[];
  readonly unleased: readonly UnleasedFaultView[];
}

const NONE: EdgeFaults = { leased: [], unleased: [] };

/** Edges on which something acts, by edge id. */
export function faultedEdges(world: World): ReadonlyMap<number, EdgeFaults> {
  const ids = new Map([...world.edges.values()].map((edge) => [edgeKeyText(edge.key), edge.id]));
  const faulted = new Map<number, EdgeFaults>();
  for (const fault of world.faults) {
    const id = fault.target.type === 'edge' ? ids.get(edgeKeyText(fault.target.edge)) : undefined;
    if (id === undefined) continue;
    const there = faulted.get(id) ?? NONE;
    faulted.set(id, { ...there, leased: [...there.leased, fault] });
  }
  for (const fault of world.unleased) {
    const id = ids.get(edgeKeyText(fault.edge));
    if (id === undefined) continue;
    const there = faulted.get(id) ?? NONE;
    faulted.set(id, { ...there, unleased: [...there.unleased, fault] });
  }
  return faulted;
}
