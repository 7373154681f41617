import { AppError, lockOf, targetLabel, type CreateFault, type EdgeKey, type FaultKind, type FaultSpec, type FaultTarget } from '#contracts';
import { edgeFaultRefusal, isEdgeFault } from '#faults';
import type { ConnectedAgent } from '../agents/agent-links.service.js';
import type { FaultRow } from '../storage/faults.store.js';
import type { HaltRow } from '../storage/halts.store.js';

/** What the server knows that bears on a new fault. */
export interface FaultSurroundings {
  readonly halt: HaltRow | null;
  /** Every edge that was ever described. */
  isKnown(edge: EdgeKey): boolean;
  /** The connected agent that carries the edge; null when none is. */
  carrierOf(edge: EdgeKey): string | null;
  /** The agent that carried the edge last. */
  lastCarrierOf(edge: EdgeKey): string | null;
  isEnrolled(agent: string): boolean;
  /** Null when it is not connected. */
  connected(agent: string): ConnectedAgent | null;
  /** A fault that is, or may be, acting under the lock. */
  faultOn(lockKey: string): FaultRow | null;
  /** A fault on the target that could not be undone. */
  failedOn(target: FaultTarget): FaultRow | null;
}

type Request = Pick<CreateFault, 'target' | 'fault' | 'overlap'>;

/** The agent that is to apply the fault. Throws the AppError that says why it may not be. */
export function checkFault({ target, fault, overlap }: Request, around: FaultSurroundings): string {
  checkNotHalted(around.halt);
  checkKnown(target, around);
  checkFits(fault, target);
  checkFree({ target, fault, overlap }, around);
  const agent = agentOf(target, around);
  checkCapable(fault.kind, agent);
  return agent.name;
}

export function checkNotHalted(halt: HaltRow | null): void {
  if (halt !== null) throw new AppError('HALTED', { since: halt.engagedAt.toISOString(), by: halt.engagedBy });
}

function checkKnown(target: FaultTarget, around: FaultSurroundings): void {
  const known = target.type === 'edge' ? around.isKnown(target.edge) : around.isEnrolled(target.agent);
  if (!known) throw new AppError('TARGET_UNKNOWN', { target: targetLabel(target) });
}

function checkFits(fault: FaultSpec, target: FaultTarget): void {
  if (target.type !== 'edge' || !isEdgeFault(fault)) return;
  const reason = edgeFaultRefusal(fault, target.edge.protocol);
  if (reason !== null) throw new AppError('FAULT_UNSUPPORTED', { kind: fault.kind, target: targetLabel(target), reason });
}

function checkFree({ target, fault, overlap }: Request, around: FaultSurroundings): void {
  const failed = around.failedOn(target);
  if (failed !== null) throw new AppError('REVERT_BLOCKED', { faultId: failed.id, target: targetLabel(target) });
  const holder = overlap === 'allow' ? null : around.faultOn(lockOf(fault.kind, target));
  if (holder !== null) throw new AppError('FAULT_CONFLICT', { faultId: holder.id, target: targetLabel(target) });
}

function agentOf(target: FaultTarget, around: FaultSurroundings): ConnectedAgent {
  const name = target.type === 'edge' ? around.carrierOf(target.edge) : target.agent;
  const agent = name === null ? null : around.connected(name);
  if (agent !== null) return agent;
  const last = target.type === 'edge' ? around.lastCarrierOf(target.edge) : target.agent;
  throw new AppError('AGENT_OFFLINE', { agent: last ?? '(none)', target: targetLabel(target) });
}

function checkCapable(kind: FaultKind, { name, version, capabilities }: ConnectedAgent): void {
  const capability = capabilities.find((one) => one.kind === kind);
  const reason = capability === undefined ? `its version ${version} does not know this kind: update the agent` : capability.unavailable;
  if (reason !== null) throw new AppError('FAULT_UNAVAILABLE', { agent: name, kind, reason });
}
