import { z } from 'zod';
import type { AgentHoldingsView } from './agent-channel.js';
import type { FaultView } from './faults/fault-record.js';
import type { UnleasedFaultView } from './faults/toxic.js';
import type { HaltView } from './live-frame.js';

export const haltSchema = z.strictObject({ reason: z.string().trim().max(500).default('') });
export const resumeSchema = z.strictObject({ reason: z.string().trim().min(1).max(500) });

/** What a halt did. `open` are faults whose end no agent has confirmed yet: their leases end them by `openUntil` at the latest. */
export interface HaltResult {
  readonly halt: HaltView;
  readonly reverted: number;
  readonly open: readonly FaultView[];
  readonly openUntil: string | null;
  /** Faults without a lease: those that are gone, and those whose agent has not said so yet, which no lease ends. */
  readonly unleased: { readonly removed: number; readonly open: readonly UnleasedFaultView[] };
  readonly tookMs: number;
}

export const listFaultsQuerySchema = z.strictObject({
  state: z.enum(['live', 'ended', 'all']).default('all'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export const edgeSeriesQuerySchema = z
  .strictObject({
    source: z.string(),
    target: z.string(),
    protocol: z.enum(['http', 'tcp']),
    fromSec: z.coerce.number().int().nonnegative(),
    toSec: z.coerce.number().int().nonnegative(),
    stepSec: z.coerce.number().int().min(1).max(3_600).default(1),
  })
  .refine((q) => q.toSec > q.fromSec, { message: 'must be after fromSec', path: ['toSec'] })
  .refine((q) => (q.toSec - q.fromSec) / q.stepSec <= 11_000, { message: 'more than 11000 points: choose a larger stepSec', path: ['stepSec'] });

export interface HealthView {
  readonly status: 'ok' | 'degraded';
  readonly checks: Readonly<Record<string, 'ok' | string>>;
}

/** Everything that may act on a target at this moment, from all that can know: the server's faults, unleased ones, and what each agent says it holds. */
export interface FaultsNowView {
  readonly faults: readonly FaultView[];
  readonly unleased: readonly UnleasedFaultView[];
  readonly agents: readonly AgentHoldingsView[];
}
