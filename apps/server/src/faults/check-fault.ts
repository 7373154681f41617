import { AppError, edgeLabel, type CreateFault, type EdgeKey } from '#contracts';
import { FAULTS } from '#faults';
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
  /** A fault that is, or may be, on the edge. */
  faultOn(edge: EdgeKey): FaultRow | null;
}

/** The agent that is to apply the fault. Throws the AppError that says why it may not be. */
export function checkFault({ target, fault }: CreateFault, around: FaultSurroundings): string {
  const { edge } = target;
  checkNotHalted(around.halt);
  if (!around.isKnown(edge)) throw new AppError('TARGET_UNKNOWN', { target: edgeLabel(edge) });
  checkProtocol(fault.kind, edge);
  checkFree(edge, around.faultOn(edge));
  const agent = around.carrierOf(edge);
  if (agent === null) throw new AppError('AGENT_OFFLINE', { agent: around.lastCarrierOf(edge) ?? '(none)', target: edgeLabel(edge) });
  return agent;
}

export function checkNotHalted(halt: HaltRow | null): void {
  if (halt !== null) throw new AppError('HALTED', { since: halt.engagedAt.toISOString(), by: halt.engagedBy });
}

function checkProtocol(kind: CreateFault['fault']['kind'], edge: EdgeKey): void {
  const { protocols } = FAULTS[kind];
  if (protocols.includes(edge.protocol)) return;
  throw new AppError('FAULT_UNSUPPORTED', { kind, protocol: edge.protocol, reason: `it acts on ${protocols.join(' and ')} edges only` });
}

function checkFree(edge: EdgeKey, fault: FaultRow | null): void {
  if (fault === null) return;
  const code = fault.state === 'revert-failed' ? 'REVERT_BLOCKED' : 'FAULT_CONFLICT';
  throw new AppError(code, { faultId: fault.id, target: edgeLabel(edge) });
}
