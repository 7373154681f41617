import { isRecord } from '../http/json.js';
import type { PlannedProcess } from '../plan/demo-plan.js';

/** What the launcher tells a process over its IPC channel, which unlike argv and environment nobody else on the machine can read. */
export interface Assignment extends PlannedProcess {
  /** Multiplies the load; 1 is the shop's normal day. */
  readonly rate: number;
  readonly seed: number;
  /** Account and name of the database at its real address; processes dial it through their proxy. */
  readonly databaseUrl: string;
}

export interface StartMessage {
  readonly type: 'start';
  readonly assignment: Assignment;
}

/** The sender is our own launcher, which has checked the plan; this only tells its message from anything else. */
export function isStartMessage(message: unknown): message is StartMessage {
  return isRecord(message) && message.type === 'start' && isRecord(message.assignment);
}
