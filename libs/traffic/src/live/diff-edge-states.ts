import type { LiveEdgeState } from '#contracts';
import { changedFields } from './edge-row.js';

/**
 * The edges of `now` that are new or look different from `base` once quantised: what a delta from `base` has to carry. An edge that is only in `base` is
 * not a difference: ids are never retired within an epoch.
 */
export function diffEdgeStates(base: ReadonlyMap<number, LiveEdgeState>, now: Iterable<LiveEdgeState>): LiveEdgeState[] {
  const changed: LiveEdgeState[] = [];
  for (const edge of now) {
    const before = base.get(edge.id);
    if (before === undefined || changedFields(before, edge) !== 0) changed.push(edge);
  }
  return changed;
}
