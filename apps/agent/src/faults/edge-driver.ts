import { edgeLabel } from '#contracts';
import type { EdgeKey, FaultOrder } from '#contracts';
import { FAULTS, compileFault, seededRandom } from '#faults';
import type { ActiveRule } from '../proxy/relay.js';
import type { FaultDriver } from './fault-driver.js';

/** What the driver needs of a proxy. */
interface FaultableEdge {
  apply(active: ActiveRule): void;
  lift(): void;
}

/** Faults on proxied edges. They live in this process alone, so they end with it. */
export class EdgeDriver implements FaultDriver {
  private readonly applied = new Map<string, FaultableEdge>();

  constructor(private readonly find: (edge: EdgeKey) => FaultableEdge | undefined) {}

  refusal({ spec, target }: FaultOrder): string | null {
    const { edge } = target;
    if (this.find(edge) === undefined) return `this agent has no edge ${edgeLabel(edge)}`;
    if (!FAULTS[spec.kind].protocols.includes(edge.protocol)) return `${spec.kind} cannot act on a ${edge.protocol} edge`;
    return null;
  }

  apply({ faultId, spec, target, seed }: FaultOrder): void {
    const edge = this.find(target.edge);
    if (edge === undefined || this.applied.has(faultId)) return;
    this.applied.set(faultId, edge);
    edge.apply({ faultId, rule: compileFault(spec, seededRandom(seed)) });
  }

  revert(faultId: string): void {
    this.applied.get(faultId)?.lift();
    this.applied.delete(faultId);
  }
}
