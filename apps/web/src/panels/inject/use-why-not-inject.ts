import { useCallback } from 'react';
import type { FaultKind } from '#contracts';
import type { World, WorldEdge } from '../../model/world.js';
import { useHalt } from '../halt/use-halt.js';
import { useMay, useSession } from '../shell/session-context.js';
import { faultOn } from '../world/faults-on-edge.js';
import { useWorld } from '../world/use-world.js';
import { whyNotInject } from './why-not-inject.js';

/** Why Inject is off on this edge right now, or null. */
export function useWhyNotInject(edge: WorldEdge, kind: FaultKind, fieldsAreRight: boolean): string | null {
  const { role } = useSession();
  const mayInject = useMay('faults.write');
  const halt = useHalt();
  const connected = useWorld((world) => world.status === 'live' || world.status === 'stale');
  const liveFault = useWorld(useCallback((world: World) => faultOn(world.faults, edge.key), [edge.key]));
  return whyNotInject({ mayInject, role, connected, halt, liveFault, agentAway: edge.stale, protocol: edge.key.protocol, kind, fieldsAreRight });
}
