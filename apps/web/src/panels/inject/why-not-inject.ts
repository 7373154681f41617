import type { FaultKind, FaultView, HaltView, Protocol, Role } from '#contracts';
import { FAULTS } from '#faults';

export interface InjectSituation {
  readonly mayInject: boolean;
  readonly role: Role;
  readonly connected: boolean;
  readonly halt: HaltView | null;
  readonly liveFault: FaultView | null;
  /** The agent that carries the edge is away. */
  readonly agentAway: boolean;
  readonly protocol: Protocol;
  readonly kind: FaultKind;
  readonly fieldsAreRight: boolean;
}

/** Why Inject is off, with what to do about it; null when it is on. The first reason that no other step would clear comes first. */
export function whyNotInject(now: InjectSituation): string | null {
  if (!now.mayInject) return `Your role is ${now.role}: it may watch and halt. Ask an admin for the role operator to inject faults.`;
  if (!now.connected) return 'Disconnected: what would happen cannot be watched. Inject is back when the connection is.';
  if (now.halt !== null) return `Halted by ${now.halt.by}: no fault can start until an admin resumes.`;
  if (now.liveFault !== null) return 'A fault already acts on this edge. Stop it first.';
  if (now.agentAway) return 'The agent that carries this edge is away. Start it, then inject.';
  if (!FAULTS[now.kind].protocols.includes(now.protocol)) return unsupportedText(now.kind, now.protocol);
  return now.fieldsAreRight ? null : 'Correct the marked fields first.';
}

export function unsupportedText(kind: FaultKind, protocol: Protocol): string {
  return `${FAULTS[kind].title} acts on ${FAULTS[kind].protocols.join(' and ')} edges; this one is ${protocol}.`;
}
