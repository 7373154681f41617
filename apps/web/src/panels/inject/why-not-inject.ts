import type { HaltView, Role } from '#contracts';

export interface InjectSituation {
  readonly mayInject: boolean;
  readonly role: Role;
  readonly connected: boolean;
  readonly halt: HaltView | null;
  /** Faults with a lease that act on the target already. */
  readonly faultsThere: number;
  readonly overlap: 'refuse' | 'allow';
  /** The agent that carries the target is away. */
  readonly agentAway: boolean;
  /** Why the chosen kind cannot act here; null when it can. */
  readonly kindWhyNot: string | null;
  /** The first field that is wrong, with what is wrong; null when all are right. */
  readonly fieldProblem: string | null;
}

/** Why Inject is off, with what to do about it; null when it is on. The first reason that no other step would clear comes first. */
export function whyNotInject(now: InjectSituation): string | null {
  if (!now.mayInject) return `Your role is ${now.role}: it may watch and halt. Ask an admin for the role operator to inject faults.`;
  if (!now.connected) return 'Disconnected: what would happen cannot be watched. Inject is back when the connection is.';
  if (now.halt !== null) return `Halted by ${now.halt.by}: no fault can start until an admin resumes.`;
  if (now.faultsThere > 0 && now.overlap === 'refuse') return 'A fault acts here already. Stop it first, or let both act.';
  if (now.agentAway) return 'The agent that carries this is away. Start it, then inject.';
  return now.kindWhyNot ?? now.fieldProblem;
}
