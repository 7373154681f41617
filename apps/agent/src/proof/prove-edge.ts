import type { EdgeFaultKind, FaultParams, Proof, Protocol } from '#contracts';
import { certainFault, compileFault, seeded, summarizeFault } from '#faults';
import type { EdgeFaultSpec, EdgeRule } from '#faults';
import type { Finding, Prober } from './finding.js';
import { probe } from './probe.js';
import type { ProbedEdge } from './probe.js';
import { proveConnectDelay, proveLatency, proveSlowClose } from './prove-delay.js';
import { proveDown } from './prove-down.js';
import { proveBandwidth, proveLimitData, proveLoss, proveSlice } from './prove-flow.js';
import { proveAbort, proveCorrupt, proveHeaders, proveTruncate } from './prove-message.js';
import { proveBlackhole, proveDropResponse, proveHalfOpen, proveReset, proveTimeout } from './prove-silence.js';
import { PLAIN_SHOT } from './shot.js';

/** How each kind shows itself to a probe; `down` shows on the port that callers dial. */
const PROOFS: { readonly [K in Exclude<EdgeFaultKind, 'down'>]: (params: FaultParams<K>, prober: Prober) => Promise<Finding> } = {
  latency: proveLatency,
  'connect-delay': proveConnectDelay,
  'slow-close': proveSlowClose,
  abort: proveAbort,
  headers: proveHeaders,
  truncate: proveTruncate,
  corrupt: proveCorrupt,
  timeout: proveTimeout,
  'drop-response': proveDropResponse,
  blackhole: proveBlackhole,
  'half-open': proveHalfOpen,
  reset: proveReset,
  bandwidth: proveBandwidth,
  slice: proveSlice,
  'limit-data': proveLimitData,
  loss: proveLoss,
};

const NO_RULE: EdgeRule = { announce: false, forConnection: () => null };

export interface EdgeFault {
  readonly faultId: string;
  readonly spec: EdgeFaultSpec;
  readonly seed: number;
  readonly protocol: Protocol;
  readonly edge: ProbedEdge;
  /** Where callers dial. */
  readonly listensAt: { readonly host: string; readonly port: number };
}

/** Measures what a fault does to traffic like the edge's own, made certain to be hit and kept away from the real target. */
export async function proveEdgeFault(fault: EdgeFault): Promise<Omit<Proof, 'atMs'>> {
  const { faultId, spec, seed, protocol, edge } = fault;
  const certain = certainFault(spec) as EdgeFaultSpec;
  const path = { edge, faultId, protocol };
  // Each probe is the first connection of its rule, so other lots need another seed.
  let shots = 0;
  const prober: Prober = {
    protocol,
    faulted: (shot) => probe({ ...path, rule: compileFault(certain, seeded((seed + shots++) >>> 0), protocol) }, { ...PLAIN_SHOT, ...shot }),
    plain: (shot) => probe({ ...path, rule: NO_RULE }, { ...PLAIN_SHOT, ...shot }),
  };
  const finding = certain.kind === 'down' ? await proveDown(fault.listensAt) : await proveBy(certain, prober);
  return { asked: summarizeFault(certain), ...finding };
}

type ProbedSpec = Exclude<EdgeFaultSpec, { kind: 'down' }>;
type ProbedSpecOf<K extends ProbedSpec['kind']> = { [P in K]: { readonly kind: P; readonly params: FaultParams<P> } }[K];

function proveBy<K extends ProbedSpec['kind']>(spec: ProbedSpecOf<K>, prober: Prober): Promise<Finding> {
  return PROOFS[spec.kind](spec.params, prober);
}
