import { z } from 'zod';
import { edgeKeySchema } from '../topology.js';
import { abortParamsSchema } from './abort.js';
import { downParamsSchema } from './down.js';
import { latencyParamsSchema } from './latency.js';
import { timeoutParamsSchema } from './timeout.js';

/** Every kind with its parameters. A kind missing from any `Record<FaultKind, ...>` table elsewhere does not compile. */
export const FAULT_PARAMS = {
  latency: latencyParamsSchema,
  abort: abortParamsSchema,
  timeout: timeoutParamsSchema,
  down: downParamsSchema,
} as const;

export type FaultKind = keyof typeof FAULT_PARAMS;
export const FAULT_KINDS = ['latency', 'abort', 'timeout', 'down'] as const satisfies readonly FaultKind[];

export const faultSpecSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('latency'), params: latencyParamsSchema }),
  z.strictObject({ kind: z.literal('abort'), params: abortParamsSchema }),
  z.strictObject({ kind: z.literal('timeout'), params: timeoutParamsSchema }),
  z.strictObject({ kind: z.literal('down'), params: downParamsSchema }),
]);
export type FaultSpec = z.infer<typeof faultSpecSchema>;
export type FaultParams<K extends FaultKind> = Extract<FaultSpec, { kind: K }>['params'];

/** Where a fault acts. Processes, hosts and links come later as further members. */
export const faultTargetSchema = z.discriminatedUnion('type', [z.strictObject({ type: z.literal('edge'), edge: edgeKeySchema })]);
export type FaultTarget = z.infer<typeof faultTargetSchema>;

// An hour bounds a forgotten experiment; longer ones must be asked for again.
export const MAX_FAULT_DURATION_MS = 3_600_000;

export const createFaultSchema = z.strictObject({
  target: faultTargetSchema,
  fault: faultSpecSchema,
  durationMs: z.number().int().min(1_000).max(MAX_FAULT_DURATION_MS),
});
export type CreateFault = z.infer<typeof createFaultSchema>;
