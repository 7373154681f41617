import type { FaultView } from '#contracts';
import type { FaultRow } from '../storage/faults.store.js';

/** A fault as every reader sees it. */
export function faultView(fault: FaultRow): FaultView {
  return {
    id: fault.id,
    spec: fault.spec,
    target: fault.target,
    durationMs: fault.durationMs,
    state: fault.state,
    agent: fault.agent,
    createdBy: fault.createdBy,
    createdAt: fault.createdAt.toISOString(),
    groupId: fault.groupId,
    appliedAt: fault.appliedAt?.toISOString() ?? null,
    endsAt: fault.endsAt?.toISOString() ?? null,
    revertedAt: fault.revertedAt?.toISOString() ?? null,
    endReason: fault.endReason,
    problem: fault.problem,
    proof: fault.proof,
  };
}
