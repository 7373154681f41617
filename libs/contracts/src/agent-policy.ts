import { z } from 'zod';
import { FAULT_KINDS, MAX_FAULT_DURATION_MS } from './faults/fault-spec.js';
import type { FaultKind } from './faults/fault-spec.js';
import { deviceSchema, portSchema } from './faults/network-scope.js';
import { globSchema, networkSchema } from './faults/match.js';

/**
 * What the owner of a host allows there, in a file that only the agent reads: `FAULTLINE_AGENT_POLICY`. The server cannot widen it. Without a
 * file, faults on proxied edges are allowed (listing an edge in the system file is the consent) and nothing else is.
 */
export const agentPolicySchema = z.strictObject({
  /** Kinds that may be applied; all that the sections below allow when left out. */
  kinds: z.array(z.enum(FAULT_KINDS as readonly [FaultKind, ...FaultKind[]])).optional(),
  maxActiveFaults: z.number().int().min(0).max(100_000).default(10_000),
  maxDurationMs: z.number().int().min(1_000).max(MAX_FAULT_DURATION_MS).default(MAX_FAULT_DURATION_MS),
  edges: z
    .strictObject({
      /** Globs over `source -> target (protocol)`. */
      allow: z.array(globSchema).default(['*']),
      deny: z.array(globSchema).default([]),
      /** The largest `share` a fault may ask for. */
      maxShare: z.number().gt(0).max(1).default(1),
    })
    .prefault({}),
  processes: z.strictObject({ names: z.array(z.string().min(1).max(100)).default([]), ports: z.array(portSchema).default([]) }).prefault({}),
  stress: z
    .strictObject({
      /** Of all cores together. */
      maxCpuPercent: z.number().min(0).max(100).default(0),
      maxMemoryMebibytes: z.number().int().min(0).default(0),
    })
    .prefault({}),
  network: z
    .strictObject({
      /** Whether packet faults are allowed at all. */
      allow: z.boolean().default(false),
      /** Devices that traffic control may touch. */
      devices: z.array(deviceSchema).default([]),
      /** Peers must lie within one of these; any peer when left out. */
      peers: z.array(networkSchema).optional(),
      /** Local ports that no packet fault ever touches, so that people can still get in. */
      protectedPorts: z.array(portSchema).default([22]),
    })
    .prefault({}),
  /** Whether toxics without a lease are taken. */
  toxiproxy: z.boolean().default(true),
});
export type AgentPolicy = z.infer<typeof agentPolicySchema>;
