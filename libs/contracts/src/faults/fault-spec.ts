import { z } from 'zod';
import { abortParamsSchema } from './abort.js';
import { bandwidthParamsSchema } from './bandwidth.js';
import { blackholeParamsSchema } from './blackhole.js';
import { connectDelayParamsSchema } from './connect-delay.js';
import { corruptParamsSchema } from './corrupt.js';
import { cpuStressParamsSchema } from './cpu-stress.js';
import { downParamsSchema } from './down.js';
import { dropResponseParamsSchema } from './drop-response.js';
import { faultTargetSchema, targetText } from './fault-target.js';
import type { FaultTarget, TargetType } from './fault-target.js';
import { halfOpenParamsSchema } from './half-open.js';
import { headersParamsSchema } from './headers.js';
import { latencyParamsSchema } from './latency.js';
import { limitDataParamsSchema } from './limit-data.js';
import { lossParamsSchema } from './loss.js';
import { memoryStressParamsSchema } from './memory-stress.js';
import { networkCorruptParamsSchema } from './network-corrupt.js';
import { networkDelayParamsSchema } from './network-delay.js';
import { networkDropParamsSchema } from './network-drop.js';
import { networkDuplicateParamsSchema } from './network-duplicate.js';
import { networkLossParamsSchema } from './network-loss.js';
import { networkPartitionParamsSchema } from './network-partition.js';
import { networkRateParamsSchema } from './network-rate.js';
import { networkReorderParamsSchema } from './network-reorder.js';
import { processKillParamsSchema } from './process-kill.js';
import { processStopParamsSchema } from './process-stop.js';
import { resetParamsSchema } from './reset.js';
import { sliceParamsSchema } from './slice.js';
import { slowCloseParamsSchema } from './slow-close.js';
import { timeoutParamsSchema } from './timeout.js';
import { truncateParamsSchema } from './truncate.js';

/** Faults on an edge: an agent's proxy carries them out. */
export const EDGE_FAULT_PARAMS = {
  latency: latencyParamsSchema,
  bandwidth: bandwidthParamsSchema,
  abort: abortParamsSchema,
  timeout: timeoutParamsSchema,
  'drop-response': dropResponseParamsSchema,
  truncate: truncateParamsSchema,
  corrupt: corruptParamsSchema,
  headers: headersParamsSchema,
  down: downParamsSchema,
  reset: resetParamsSchema,
  'connect-delay': connectDelayParamsSchema,
  blackhole: blackholeParamsSchema,
  'half-open': halfOpenParamsSchema,
  loss: lossParamsSchema,
  'slow-close': slowCloseParamsSchema,
  slice: sliceParamsSchema,
  'limit-data': limitDataParamsSchema,
} as const;

/** Faults on a process of the agent's host. */
export const PROCESS_FAULT_PARAMS = {
  'process-kill': processKillParamsSchema,
  'process-stop': processStopParamsSchema,
} as const;

/** Faults on the agent's host as a whole. */
export const HOST_FAULT_PARAMS = {
  'cpu-stress': cpuStressParamsSchema,
  'memory-stress': memoryStressParamsSchema,
  'network-partition': networkPartitionParamsSchema,
  'network-drop': networkDropParamsSchema,
  'network-rate': networkRateParamsSchema,
  'network-delay': networkDelayParamsSchema,
  'network-loss': networkLossParamsSchema,
  'network-duplicate': networkDuplicateParamsSchema,
  'network-corrupt': networkCorruptParamsSchema,
  'network-reorder': networkReorderParamsSchema,
} as const;

/** Every kind with its parameters. A kind missing from any `Record<FaultKind, ...>` table elsewhere does not compile. */
export const FAULT_PARAMS = { ...EDGE_FAULT_PARAMS, ...PROCESS_FAULT_PARAMS, ...HOST_FAULT_PARAMS } as const;

export type EdgeFaultKind = keyof typeof EDGE_FAULT_PARAMS;
export type ProcessFaultKind = keyof typeof PROCESS_FAULT_PARAMS;
export type HostFaultKind = keyof typeof HOST_FAULT_PARAMS;
export type FaultKind = keyof typeof FAULT_PARAMS;
export const FAULT_KINDS = Object.keys(FAULT_PARAMS) as readonly FaultKind[];

/** One member for each kind, so that kind and parameters stay together. */
export type FaultSpec = { readonly [K in FaultKind]: { readonly kind: K; readonly params: z.infer<(typeof FAULT_PARAMS)[K]> } }[FaultKind];
export type FaultParams<K extends FaultKind> = Extract<FaultSpec, { kind: K }>['params'];
/** Parameters as they are typed: what has a default may be left out. */
export type FaultInput<K extends FaultKind> = z.input<(typeof FAULT_PARAMS)[K]>;

const specSchemas = FAULT_KINDS.map((kind) => z.strictObject({ kind: z.literal(kind), params: FAULT_PARAMS[kind] }));
// The list is made from the table, which the types of zod cannot follow; FaultSpec above is made from the same table.
export const faultSpecSchema = z.discriminatedUnion('kind', specSchemas as unknown as [(typeof specSchemas)[number]]) as unknown as z.ZodType<FaultSpec>;

/** What each kind acts on. */
export function targetTypeOf(kind: FaultKind): TargetType {
  if (kind in EDGE_FAULT_PARAMS) return 'edge';
  return kind in PROCESS_FAULT_PARAMS ? 'process' : 'host';
}

/** Faults on a host that share one of these would disturb each other. */
function resourceOf(kind: FaultKind): string {
  if (kind === 'cpu-stress' || kind === 'memory-stress') return kind;
  return 'network';
}

/** Two faults with the same lock would meet on one target; see `overlap`. */
export function lockOf(kind: FaultKind, target: FaultTarget): string {
  return target.type === 'host' ? `${targetText(target)}/${resourceOf(kind)}` : targetText(target);
}

// An hour bounds a forgotten experiment; longer ones must be asked for again.
export const MAX_FAULT_DURATION_MS = 3_600_000;
export const durationMsSchema = z.number().int().min(1_000).max(MAX_FAULT_DURATION_MS);
export const overlapSchema = z.enum(['refuse', 'allow']).default('refuse').describe('Whether it may act where another fault acts already');

export const createFaultSchema = z
  .strictObject({ target: faultTargetSchema, fault: faultSpecSchema, durationMs: durationMsSchema, overlap: overlapSchema })
  .refine(({ target, fault }) => targetTypeOf(fault.kind) === target.type, { message: 'does not act on this type of target', path: ['fault', 'kind'] });
export type CreateFault = z.infer<typeof createFaultSchema>;
