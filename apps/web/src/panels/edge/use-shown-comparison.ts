import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { FaultView } from '#contracts';
import { readFault } from '../../api/faults.js';
import type { World, WorldEdge } from '../../model/world.js';
import { useLiveSearch } from '../selection/use-live-search.js';
import { faultOn } from '../world/faults-on-edge.js';
import { useWorld } from '../world/use-world.js';

const CLOSED = 'none';

interface ShownComparison {
  readonly fault: FaultView | null;
  readonly open: (faultId: string) => void;
  readonly close: () => void;
  /** Back to showing whatever ends next. */
  readonly reset: () => void;
}

/** The fault whose comparison is open beside an edge: the one in the address, else the one that just ended there; closing it is an address too. */
export function useShownComparison(edge: WorldEdge): ShownComparison {
  const { search, change } = useLiveSearch();
  const justEnded = useWorld(useCallback((world: World) => faultOn(world.endedFaults, edge.key), [edge.key]));
  const wanted = search.fault;
  const asked = useQuery({ queryKey: ['fault', wanted], queryFn: () => readFault(wanted ?? ''), enabled: wanted !== undefined && wanted !== CLOSED });
  const open = useCallback((fault: string) => change((current) => ({ ...current, fault })), [change]);
  const close = useCallback(() => open(CLOSED), [open]);
  const reset = useCallback(() => change(({ fault: _fault, ...rest }) => rest), [change]);
  const named = wanted === CLOSED ? null : (asked.data ?? null);
  return { fault: wanted === undefined ? justEnded : named, open, close, reset };
}
