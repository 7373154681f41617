import { z } from 'zod';
import type { FaultSpec } from './fault-spec.js';
import type { FaultTarget } from './fault-target.js';
import type { Proof } from './proof.js';

export const FAULT_STATES = ['planned', 'applying', 'active', 'reverting', 'reverted', 'revert-failed'] as const;
export const faultStateSchema = z.enum(FAULT_STATES);
export type FaultState = z.infer<typeof faultStateSchema>;

/** Why a fault ended. `lease-expired`: the agent heard nothing and let go by itself. `agent-restarted`: undone from the ledger. `done`: it was over once applied. */
export const END_REASONS = ['stopped', 'duration-over', 'halted', 'lease-expired', 'agent-restarted', 'agent-stopped', 'refused', 'unknown-to-server', 'target-gone', 'done'] as const;
export const endReasonSchema = z.enum(END_REASONS);
export type EndReason = z.infer<typeof endReasonSchema>;

/** A fault as every reader sees it; times are ISO 8601 UTC. */
export interface FaultView {
  readonly id: string;
  readonly spec: FaultSpec;
  readonly target: FaultTarget;
  readonly durationMs: number;
  readonly state: FaultState;
  readonly agent: string;
  readonly createdBy: string;
  readonly createdAt: string;
  /** The selection it was started with, shared by all that it hit; null for a single fault. */
  readonly groupId: string | null;
  /** When the agent confirmed that the fault acts; null before. */
  readonly appliedAt: string | null;
  /** `appliedAt` plus `durationMs`; null before it is applied. */
  readonly endsAt: string | null;
  /** When the agent confirmed that the target is clean; null before. */
  readonly revertedAt: string | null;
  readonly endReason: EndReason | null;
  /** What went wrong, for `revert-failed` or a refused apply. */
  readonly problem: string | null;
  /** Null until the agent has probed. */
  readonly proof: Proof | null;
}

/** Faults in these states may be acting on the target. */
export const LIVE_FAULT_STATES: readonly FaultState[] = ['planned', 'applying', 'active', 'reverting', 'revert-failed'];
