import type { Server } from 'node:net';
import type { Random } from '../chance/random.js';
import type { CallTarget } from '../http/dependency.js';
import type { Route } from '../http/route.js';
import type { Role } from '../plan/roles.js';
import type { CALL_POLICIES } from '../services/call-policies.js';
import type { ProcessMetrics } from './process-metrics.js';

/** Names of what a role depends on. */
export type TargetOf<R extends Role> = keyof (typeof CALL_POLICIES)[R] & string;

/** Everything a role needs to do its work: nothing in services/ reads argv, environment or files. */
export interface ProcessContext<R extends Role> {
  readonly name: string;
  readonly region: string;
  readonly rate: number;
  readonly seed: number;
  readonly databaseUrl: string;
  readonly random: Random;
  readonly metrics: ProcessMetrics;
  readonly log: (line: string) => void;
  /** Where to dial, by name, as planned. */
  readonly addresses: Readonly<Record<string, string>>;
  /** The same together with the policy of the role, for the names that it must have. */
  readonly targets: Readonly<Record<TargetOf<R>, CallTarget>>;
}

export interface StartedProcess {
  /** Served on the process's HTTP port, besides `/healthz` and `/metrics`. */
  readonly routes: readonly Route[];
  /** Put on the process's second port, for a role that speaks a protocol of its own. */
  readonly tcpServer?: Server;
}
