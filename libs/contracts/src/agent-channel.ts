import { z } from 'zod';
import { endReasonSchema } from './faults/fault-record.js';
import { faultSpecSchema, faultTargetSchema } from './faults/fault-spec.js';
import { flowReportSchema } from './flow.js';
import { edgeKeySchema, nameSchema, nodeSchema, regionSchema } from './topology.js';

/** JSON text messages over a WebSocket at `/agent`, opened by the agent with `Authorization: Bearer <agent secret>`. */
export const AGENT_PROTOCOL = 1;
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
});
export type FaultOrder = z.infer<typeof faultOrderSchema>;

const heldFaultSchema = z.strictObject({ faultId: faultIdSchema, state: z.enum(['active', 'revert-failed']), target: faultTargetSchema });

export const agentMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('hello'),
    protocol: z.number().int(),
    version: z.string().max(40),
    /** New at every start of the agent process; `flow.seq` counts within it. */
    bootId: z.uuid(),
    regions: z.array(regionSchema).max(1_000),
    nodes: z.array(nodeSchema).max(20_000),
    /** One entry a proxy; flow reports refer to its index. */
    edges: z.array(edgeKeySchema).max(50_000),
    faults: z.array(heldFaultSchema).max(10_000),
  }),
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
  z.strictObject({ type: z.literal('revert-all'), reason: endReasonSchema }),
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
}
