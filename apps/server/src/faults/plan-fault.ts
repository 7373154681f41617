import { randomUUID } from 'node:crypto';
import { lockOf, type CreateFault } from '#contracts';
import type { FaultRow } from '../storage/faults.store.js';

/** A new fault as it is before anybody acts. */
export function planFault(request: CreateFault, by: { readonly agent: string; readonly actor: string; readonly groupId: string | null }): FaultRow {
  return {
    id: randomUUID(),
    spec: request.fault,
    target: request.target,
    lockKey: lockOf(request.fault.kind, request.target),
    overlap: request.overlap,
    groupId: by.groupId,
    durationMs: request.durationMs,
    state: 'planned',
    agent: by.agent,
    createdBy: by.actor,
    createdAt: new Date(),
    appliedAt: null,
    endsAt: null,
    endedAt: null,
    revertedAt: null,
    endReason: null,
    problem: null,
    proof: null,
    lastSeq: 0,
  };
}
