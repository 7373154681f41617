import type { EdgeFaultKind, FaultKind, FaultParams, FaultSpec, HostFaultKind, ProcessFaultKind, Protocol } from '#contracts';
import type { EdgeRule } from './edge-rule.js';
import type { EdgeFaultDefinition, FaultDefinition } from './fault-definition.js';
import { abort } from './kinds/abort.js';
import { bandwidth } from './kinds/bandwidth.js';
import { blackhole } from './kinds/blackhole.js';
import { connectDelay } from './kinds/connect-delay.js';
import { corrupt } from './kinds/corrupt.js';
import { cpuStress } from './kinds/cpu-stress.js';
import { down } from './kinds/down.js';
import { dropResponse } from './kinds/drop-response.js';
import { halfOpen } from './kinds/half-open.js';
import { headers } from './kinds/headers.js';
import { latency } from './kinds/latency.js';
import { limitData } from './kinds/limit-data.js';
import { loss } from './kinds/loss.js';
import { memoryStress } from './kinds/memory-stress.js';
import { networkCorrupt } from './kinds/network-corrupt.js';
import { networkDelay } from './kinds/network-delay.js';
import { networkDrop } from './kinds/network-drop.js';
import { networkDuplicate } from './kinds/network-duplicate.js';
import { networkLoss } from './kinds/network-loss.js';
import { networkPartition } from './kinds/network-partition.js';
import { networkRate } from './kinds/network-rate.js';
import { networkReorder } from './kinds/network-reorder.js';
import { processKill } from './kinds/process-kill.js';
import { processStop } from './kinds/process-stop.js';
import { reset } from './kinds/reset.js';
import { slice } from './kinds/slice.js';
import { slowClose } from './kinds/slow-close.js';
import { timeout } from './kinds/timeout.js';
import { truncate } from './kinds/truncate.js';
import type { Seeded } from './random.js';

// A kind of the contracts without a row in one of these tables does not compile.
const EDGE_FAULTS: { readonly [K in EdgeFaultKind]: EdgeFaultDefinition<K> } = {
  latency,
  bandwidth,
  abort,
  timeout,
  'drop-response': dropResponse,
  truncate,
  corrupt,
  headers,
  down,
  reset,
  'connect-delay': connectDelay,
  blackhole,
  'half-open': halfOpen,
  loss,
  'slow-close': slowClose,
  slice,
  'limit-data': limitData,
};
const PROCESS_FAULTS: { readonly [K in ProcessFaultKind]: FaultDefinition<K> } = { 'process-kill': processKill, 'process-stop': processStop };
const HOST_FAULTS: { readonly [K in HostFaultKind]: FaultDefinition<K> } = {
  'cpu-stress': cpuStress,
  'memory-stress': memoryStress,
  'network-partition': networkPartition,
  'network-drop': networkDrop,
  'network-rate': networkRate,
  'network-delay': networkDelay,
  'network-loss': networkLoss,
  'network-duplicate': networkDuplicate,
  'network-corrupt': networkCorrupt,
  'network-reorder': networkReorder,
};

/** Every fault kind. */
export const FAULTS: { readonly [K in FaultKind]: K extends EdgeFaultKind ? EdgeFaultDefinition<K> : FaultDefinition<K> } = { ...EDGE_FAULTS, ...PROCESS_FAULTS, ...HOST_FAULTS };

// A spec keeps kind and params together, so each row of a table gets the parameters of its own kind.
type SpecOf<K extends FaultKind> = { [P in K]: { readonly kind: P; readonly params: FaultParams<P> } }[K];
export type EdgeFaultSpec = Extract<FaultSpec, { kind: EdgeFaultKind }>;

/** Whether a proxy carries this fault out. */
export function isEdgeFault(spec: FaultSpec): spec is EdgeFaultSpec {
  return Object.hasOwn(EDGE_FAULTS, spec.kind);
}

/** `+400 ms ±50 ms, 20 % of requests`. */
export function summarizeFault<K extends FaultKind>(spec: SpecOf<K>): string {
  const faults: { readonly [P in FaultKind]: FaultDefinition<P> } = FAULTS;
  return faults[spec.kind].summarize(spec.params);
}

/** Why this fault cannot act on an edge of this protocol, in words that follow "cannot act on it:"; null when it can. */
export function edgeFaultRefusal<K extends EdgeFaultKind>(spec: SpecOf<K>, protocol: Protocol): string | null {
  const { protocols, refusal } = EDGE_FAULTS[spec.kind];
  if (!protocols.includes(protocol)) return `it acts on ${protocols.join(' and ')} edges, and this one is ${protocol}`;
  return refusal?.(spec.params, protocol) ?? null;
}

/** The rule that carries out `spec` on an edge of this protocol; with equal seeds it hits the same requests of the same traffic. */
export function compileFault<K extends EdgeFaultKind>(spec: SpecOf<K>, seeded: Seeded, protocol: Protocol): EdgeRule {
  return EDGE_FAULTS[spec.kind].compile(spec.params, seeded, protocol);
}

/** The same fault such that one probe is certain to meet it. */
export function certainFault<K extends EdgeFaultKind>(spec: SpecOf<K>): SpecOf<K> {
  const params: FaultParams<K> = EDGE_FAULTS[spec.kind].certain(spec.params);
  // Kind and parameters came from one spec, which the type of a row cannot say.
  return { kind: spec.kind, params } as SpecOf<K>;
}
