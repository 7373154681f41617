import { EDGE_FAULT_PARAMS, edgeLabel } from '#contracts';
import type { Capability, EdgeFaultKind, EdgeKey, FaultOrder, Proof } from '#contracts';
import { compileFault, edgeFaultRefusal, isEdgeFault, seeded } from '#faults';
import type { EdgeFaultSpec } from '#faults';
import { proofOf } from '../host/proof.js';
import type { ProbedEdge } from '../proof/probe.js';
import { proveEdgeFault } from '../proof/prove-edge.js';
import type { ActiveRule } from '../proxy/relay.js';
import { hostAndPort } from '../proxy/sockets.js';
import type { FaultDriver } from './fault-driver.js';
import type { Undo } from './undo.js';

/** What the driver needs of a proxy. */
export interface FaultableEdge extends ProbedEdge {
  /** As the caller dials it. */
  readonly listen: string;
  apply(active: ActiveRule): Promise<void> | void;
  /** Harmless when the fault is not there. Rejects when the edge may not be clean. */
  lift(faultId: string): Promise<void> | void;
}

interface EdgeOrder {
  readonly spec: EdgeFaultSpec;
  readonly edge: EdgeKey;
}

/** Faults on proxied edges. They live in this process alone, so they end with it. */
export class EdgeDriver implements FaultDriver {
  readonly kinds = Object.keys(EDGE_FAULT_PARAMS) as readonly EdgeFaultKind[];
  private readonly applied = new Map<string, FaultableEdge>();

  constructor(private readonly find: (edge: EdgeKey) => FaultableEdge | undefined) {}

  capabilities(): Promise<readonly Capability[]> {
    return Promise.resolve(this.kinds.map((kind) => ({ kind, unavailable: null })));
  }

  refusal(order: FaultOrder): string | null {
    const asked = edgeOrder(order);
    if (asked === null) return `${order.spec.kind} does not act on a ${order.target.type}`;
    if (this.find(asked.edge) === undefined) return `this agent has no edge ${edgeLabel(asked.edge)}`;
    const why = edgeFaultRefusal(asked.spec, asked.edge.protocol);
    return why === null ? null : `${asked.spec.kind} cannot act on ${edgeLabel(asked.edge)}: ${why}`;
  }

  plan({ faultId }: FaultOrder): Undo {
    return { driver: 'edge', faultId };
  }

  async apply(order: FaultOrder): Promise<void> {
    const { spec, edge, proxy } = this.aim(order);
    if (this.applied.has(order.faultId)) return;
    this.applied.set(order.faultId, proxy);
    await proxy.apply({ faultId: order.faultId, rule: compileFault(spec, seeded(order.seed), edge.protocol) });
  }

  async prove(order: FaultOrder): Promise<Proof> {
    const { spec, edge, proxy } = this.aim(order);
    return proofOf(await proveEdgeFault({ faultId: order.faultId, spec, seed: order.seed, protocol: edge.protocol, edge: proxy, listensAt: hostAndPort(proxy.listen) }));
  }

  async revert({ faultId }: Undo): Promise<void> {
    await this.applied.get(faultId)?.lift(faultId);
    this.applied.delete(faultId);
  }

  private aim(order: FaultOrder): EdgeOrder & { readonly proxy: FaultableEdge } {
    const asked = edgeOrder(order);
    const proxy = asked === null ? undefined : this.find(asked.edge);
    if (asked === null || proxy === undefined) throw new Error('the edge is gone');
    return { ...asked, proxy };
  }
}

function edgeOrder({ spec, target }: FaultOrder): EdgeOrder | null {
  return target.type === 'edge' && isEdgeFault(spec) ? { spec, edge: target.edge } : null;
}
