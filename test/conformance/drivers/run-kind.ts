import type { AgentKind } from './agent-rigs.js';
import { CallProcess } from './call-process.js';
import { AGENT_STAGE } from './entries.js';
import { DRIVER_CASES } from './driver-cases.js';
import type { DriverKind } from './rig.js';
import { RIGS } from './rigs.js';
import { runCases } from './run-cases.js';
import type { KindReport } from './run-cases.js';

/** The driver's own promises, in processes that can be killed. */
export function runDriverKind(kind: DriverKind): Promise<KindReport> {
  return runCases(DRIVER_CASES, kind, RIGS[kind]);
}

/** The promises that take a whole agent; in a network of its own where one can be had, and never with packets elsewhere. */
export async function runAgentKind(kind: AgentKind, ownNetwork: boolean): Promise<KindReport> {
  const stage = CallProcess.start(AGENT_STAGE, { ownNetwork });
  try {
    if (ownNetwork) await stage.call('raise');
    return await stage.call<KindReport>('runKind', kind);
  } finally {
    await stage.kill();
  }
}

/** Kinds of one group would see each other's traces on the host; groups run side by side. */
export function groupsOf<K extends string>(kinds: readonly K[]): readonly (readonly K[])[] {
  const stress = kinds.filter((kind) => kind.endsWith('-stress'));
  const others = kinds.filter((kind) => !stress.includes(kind)).map((kind) => [kind]);
  return stress.length === 0 ? others : [stress, ...others];
}
