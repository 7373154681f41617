import { nameSchema } from '#contracts';
import { z } from 'zod';
import { ROLES } from './roles.js';

const portSchema = z.number().int().min(1).max(65_535);
const addressSchema = z.string().regex(/^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):\d{1,5}$/, 'must be host:port');

const plannedProcessSchema = z.strictObject({
  name: nameSchema,
  role: z.enum(ROLES),
  region: nameSchema,
  /** HTTP on 127.0.0.1: the service itself where it is one, `/healthz` and `/metrics` always. */
  httpPort: portSchema,
  /** A second listener for a process that also speaks a protocol of its own. */
  tcpPort: portSchema.nullable(),
  /** Where this process dials each of its dependencies: always a proxy, never the dependency. For `load`, keyed by client node. */
  dependencies: z.record(nameSchema, addressSchema),
});
export type PlannedProcess = z.infer<typeof plannedProcessSchema>;

/** `demo-plan.json`: what the demo needs to start. Holds no password: the database is named by address only. */
export const demoPlanSchema = z.strictObject({
  version: z.literal(1),
  /** host:port of the database behind the proxies; `run` checks that it is given the same one. */
  database: addressSchema,
  processes: z.array(plannedProcessSchema).min(1).max(100),
});
export type DemoPlan = z.infer<typeof demoPlanSchema>;
