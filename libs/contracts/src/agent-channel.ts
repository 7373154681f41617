import { z } from 'zod';
import { endReasonSchema } from './faults/fault-record.js';
import { FAULT_KINDS, faultSpecSchema } from './faults/fault-spec.js';
import type { FaultKind } from './faults/fault-spec.js';
import { faultTargetSchema } from './faults/fault-target.js';
import { proofSchema } from './faults/proof.js';
import { createProxySchema, toxicSchema, unleasedFaultSchema } from './faults/toxic.js';
import { flowReportSchema } from './flow.js';
import { edgeKeySchema, nameSchema, nodeSchema, regionSchema } from './topology.js';

/** JSON text messages over a WebSocket at `/agent`, opened by the agent with `Authorization: Bearer <agent secret>`. */
export const AGENT_PROTOCOL = 3;
export const AGENT_PATH = '/agent';

// A lease outlives three lost renewals and still ends within 10 s of the last word from the server.
export const LEASE_TTL_MS = 10_000;
export const LEASE_RENEW_EVERY_MS = 2_500;

const faultIdSchema = z.uuid();

/** What an agent is told to do. `notAfterMs` is the longest the fault may live from apply on, whatever is renewed. */
export const faultOrderSchema = z.strictObject({
  faultId: faultIdSchema,
  spec: faultSpecSchema,
  target: faultTargetSchema,
  leaseTtlMs: z.number().int().positive().max(60_000),
  notAfterMs: z.number().int().positive(),
  /** Same seed, same traffic, same hits. */
  seed: z.number().int().nonnegative().max(0xffff_ffff),
  overlap: z.enum(['refuse', 'allow']),
});
export type FaultOrder = z.infer<typeof faultOrderSchema>;

const kindSchema = z.enum(FAULT_KINDS as readonly [FaultKind, ...FaultKind[]]);

/** What this agent can do here: a kind that is not listed is unknown to it, one with a reason cannot be carried out by this kernel, user or policy. */
export const capabilitySchema = z.strictObject({ kind: z.string().max(60), unavailable: z.string().max(300).nullable() });
export type Capability = z.infer<typeof capabilitySchema>;

/** One fault as the agent has it at this moment, for the page that shows leases and residue. */
export const holdingSchema = z.strictObject({
  faultId: faultIdSchema,
  kind: kindSchema,
  target: faultTargetSchema,
  /** `residue`: found in the ledger at start and not yet proven clean. */
  state: z.enum(['applying', 'active', 'reverting', 'revert-failed', 'residue']),
  /** Until the lease ends it; null for what has no lease any more. */
  leaseLeftMs: z.number().int().nullable(),
  /** When its undo was written to the ledger; null before. */
  ledgerSinceMs: z.number().int().nullable(),
});
export type Holding = z.infer<typeof holdingSchema>;
export const WATCHDOG_STATES = ['not-needed', 'running', 'lost'] as const;

const requestIdSchema = z.uuid();
const proxyViewSchema = z.strictObject({ name: z.string(), listen: z.string(), upstream: z.string(), enabled: z.boolean(), fixed: z.boolean(), toxics: z.array(toxicSchema) });

const heldFaultSchema = z.strictObject({ faultId: faultIdSchema, state: z.enum(['active', 'revert-failed']), target: faultTargetSchema });

export const agentMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('hello'),
    protocol: z.number().int(),
    version: z.string().max(40),
    /** New at every start of the agent process; `flow.seq` counts within it. */
    bootId: z.uuid(),
    /** When that start was, by the agent's clock: totals in reports count from then on. */
    startedAtMs: z.number().int().positive(),
    regions: z.array(regionSchema).max(1_000),
    nodes: z.array(nodeSchema).max(20_000),
    /** One entry a proxy; flow reports refer to its index. */
    edges: z.array(edgeKeySchema).max(50_000),
    faults: z.array(heldFaultSchema).max(10_000),
    capabilities: z.array(capabilitySchema).max(200),
  }),
  /** More nodes and edges since the hello, whole lists: indexes that were given stay. Sent before any report that names a new index. */
  z.strictObject({ type: z.literal('described'), nodes: z.array(nodeSchema).max(20_000), edges: z.array(edgeKeySchema).max(50_000) }),
  /** All faults without a lease, after each change of any and after the welcome. */
  z.strictObject({ type: z.literal('unleased'), faults: z.array(unleasedFaultSchema).max(10_000) }),
  /** What is held, in answer to nothing: with each renewal, and once when the last one is gone. */
  z.strictObject({ type: z.literal('holdings'), holdings: z.array(holdingSchema).max(20_000), watchdog: z.enum(WATCHDOG_STATES) }),
  z.strictObject({ type: z.literal('proof'), faultId: faultIdSchema, proof: proofSchema }),
  z.strictObject({ type: z.literal('proxies'), requestId: requestIdSchema, proxies: z.array(proxyViewSchema).max(50_000) }),
  z.strictObject({ type: z.literal('proxy-made'), requestId: requestIdSchema, proxy: proxyViewSchema }),
  z.strictObject({ type: z.literal('proxy-removed'), requestId: requestIdSchema }),
  z.strictObject({ type: z.literal('proxy-refused'), requestId: requestIdSchema, reason: z.string().max(500) }),
  z.strictObject({ type: z.literal('flow'), report: flowReportSchema }),
  z.strictObject({ type: z.literal('applied'), faultId: faultIdSchema, atMs: z.number().int() }),
  z.strictObject({ type: z.literal('apply-refused'), faultId: faultIdSchema, reason: z.string().max(500) }),
  z.strictObject({ type: z.literal('reverted'), faultId: faultIdSchema, atMs: z.number().int(), reason: endReasonSchema }),
  z.strictObject({ type: z.literal('revert-failed'), faultId: faultIdSchema, problem: z.string().max(500) }),
  z.strictObject({ type: z.literal('renew'), faultIds: z.array(faultIdSchema).max(10_000) }),
]);
export type AgentMessage = z.infer<typeof agentMessageSchema>;

export const serverMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('welcome'), agent: nameSchema, leaseTtlMs: z.number().int(), renewEveryMs: z.number().int(), serverTimeMs: z.number().int() }),
  z.strictObject({ type: z.literal('apply'), order: faultOrderSchema }),
  z.strictObject({ type: z.literal('revert'), faultId: faultIdSchema, reason: endReasonSchema }),
  /** Ends everything that is held, faults without a lease too. */
  z.strictObject({ type: z.literal('revert-all'), reason: endReasonSchema }),
  z.strictObject({ type: z.literal('list-proxies'), requestId: requestIdSchema }),
  z.strictObject({ type: z.literal('make-proxy'), requestId: requestIdSchema, proxy: createProxySchema }),
  z.strictObject({ type: z.literal('remove-proxy'), requestId: requestIdSchema, name: z.string().max(200) }),
  /** The answer to `renew`. A fault in neither list is unknown to the server: the agent reverts it. */
  z.strictObject({ type: z.literal('renewed'), faultIds: z.array(faultIdSchema), refused: z.array(z.strictObject({ faultId: faultIdSchema, reason: endReasonSchema })) }),
  /** Everything up to and including `seq` is committed; the agent may forget it. */
  z.strictObject({ type: z.literal('flow-ack'), bootId: z.uuid(), seq: z.number().int().nonnegative() }),
  z.strictObject({ type: z.literal('rejected'), problem: z.string() }),
]);
export type ServerMessage = z.infer<typeof serverMessageSchema>;

export const enrolSchema = z.strictObject({ token: z.string().min(20).max(200), name: nameSchema });
/** `secret` is shown once; the server keeps its SHA-256. */
export interface EnrolledView {
  readonly agent: string;
  readonly secret: string;
}
export interface EnrolTokenView {
  readonly token: string;
  readonly expiresAt: string;
}
export interface AgentView {
  readonly name: string;
  readonly connected: boolean;
  readonly version: string | null;
  readonly lastSeenAt: string | null;
  readonly edges: number;
  readonly droppedReports: number;
  /** What it said it can do; empty until it has connected once. */
  readonly capabilities: readonly Capability[];
}

/** The newest word of an agent on what it holds. */
export interface AgentHoldingsView {
  readonly agent: string;
  readonly connected: boolean;
  /** When it said so; null when it never has. */
  readonly heardAt: string | null;
  readonly watchdog: (typeof WATCHDOG_STATES)[number];
  readonly holdings: readonly Holding[];
}
