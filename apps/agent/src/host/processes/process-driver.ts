import type { Capability, FaultKind, FaultOrder, Proof } from '#contracts';
import type { FaultDriver } from '../../faults/fault-driver.js';
import type { Undo } from '../../faults/undo.js';
import { proofOf } from '../proof.js';
import { until } from '../until.js';
import { findProcess } from './find-process.js';
import type { FoundProcess } from './find-process.js';
import { whyUntouchable } from './process-guard.js';
import type { ProcessGuardParts } from './process-guard.js';
import { isDead } from './process-stat.js';
import { readProcess } from './process-table.js';
import { isStopped, readSame, undoProcess } from './undo-process.js';
import type { ProcessUndo } from './undo-process.js';

const KINDS = ['process-kill', 'process-stop'] as const satisfies readonly FaultKind[];
// A process that catches SIGTERM is given this long to clean up before the proof says that it did not end.
const ENDS_WITHIN_MS = 5_000;
const STOPS_WITHIN_MS = 2_000;

/** Faults on one process of this host, by signals. */
export class ProcessDriver implements FaultDriver {
  readonly kinds = KINDS;
  readonly instant: ReadonlySet<FaultKind> = new Set(['process-kill']);

  constructor(private readonly parts: ProcessGuardParts) {}

  async capabilities(): Promise<readonly Capability[]> {
    const unavailable = (await readProcess(process.pid)) === null ? 'this system has no /proc to tell processes apart by' : null;
    return KINDS.map((kind) => ({ kind, unavailable }));
  }

  async refusal(order: FaultOrder): Promise<string | null> {
    const found = await this.find(order);
    return found.ok ? whyUntouchable(found.process, this.parts) : found.reason;
  }

  async plan(order: FaultOrder): Promise<Undo> {
    const found = await this.find(order);
    if (!found.ok) throw new Error(found.reason);
    const { pid, startTicks } = found.process;
    const action = order.spec.kind === 'process-kill' ? 'kill' : 'stop';
    return { driver: 'process', faultId: order.faultId, action, pid, startTicks, wasStopped: isStopped(found.process) };
  }

  async apply(order: FaultOrder, undo: Undo): Promise<void> {
    const planned = own(undo);
    if ((await readSame(planned)) === null) throw new Error(`the process ${planned.pid} is gone`);
    process.kill(planned.pid, order.spec.kind === 'process-kill' ? order.spec.params.signal : 'SIGSTOP');
  }

  async prove(order: FaultOrder, undo: Undo): Promise<Proof> {
    return order.spec.kind === 'process-kill' ? proveEnded(own(undo), order.spec.params.signal) : proveStopped(own(undo));
  }

  async revert(undo: Undo): Promise<void> {
    await undoProcess(own(undo));
  }

  private async find({ target }: FaultOrder): Promise<FoundProcess> {
    if (target.type !== 'process') return { ok: false, reason: `a ${target.type} is not a process` };
    return findProcess(target.process);
  }
}

function own(undo: Undo): ProcessUndo {
  if (undo.driver !== 'process') throw new Error(`an undo of the ${undo.driver} driver came to the process driver`);
  return undo;
}

async function proveEnded(undo: ProcessUndo, signal: string): Promise<Proof> {
  const startedAtMs = performance.now();
  const ended = await until(async () => ((await readSame(undo)) === null), ENDS_WITHIN_MS);
  const tookMs = Math.round(performance.now() - startedAtMs);
  const got = ended ? `process ${undo.pid} was gone within ${tookMs} ms` : `process ${undo.pid} still lives ${tookMs} ms after ${signal}`;
  return proofOf({ verdict: ended ? 'bites' : 'does-not-bite', asked: `process ${undo.pid} ends by ${signal}`, got, how: 'looked for the process in /proc' });
}

async function proveStopped(undo: ProcessUndo): Promise<Proof> {
  const stopped = await until(async () => {
    const stat = await readSame(undo);
    return stat === null || isStopped(stat);
  }, STOPS_WITHIN_MS);
  const stat = await readSame(undo);
  const got = stat === null || isDead(stat) ? 'the process is gone' : `state ${stat.state} of process ${undo.pid}`;
  return proofOf({ verdict: stopped && stat !== null ? 'bites' : 'does-not-bite', asked: `state T (stopped) of process ${undo.pid}`, got, how: 'read the state from /proc' });
}
