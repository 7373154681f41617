import type { Undo } from '../../faults/undo.js';
import { until } from '../until.js';
import { isDead } from './process-stat.js';
import type { ProcessStat } from './process-stat.js';
import { readProcess } from './process-table.js';

export type ProcessUndo = Extract<Undo, { driver: 'process' }>;

const GOES_ON_WITHIN_MS = 2_000;

export function isStopped({ state }: ProcessStat): boolean {
  return state === 'T';
}

/** The very process that was planned for, as it is now; null when it is dead, or when another has its number. */
export async function readSame({ pid, startTicks }: ProcessUndo): Promise<ProcessStat | null> {
  const stat = await readProcess(pid);
  return stat === null || isDead(stat) || stat.startTicks !== startTicks ? null : stat;
}

/** Lets a stopped process go on. Nothing brings a killed one back, and what somebody else had stopped before stays so. */
export async function undoProcess(undo: ProcessUndo): Promise<void> {
  if (undo.action === 'kill' || undo.wasStopped) return;
  if ((await readSame(undo)) === null) return;
  try {
    // Whatever its state: in a process that waits for a disk, a stop may still be pending, and only this takes it back.
    process.kill(undo.pid, 'SIGCONT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
  const goesOn = await until(async () => {
    const now = await readSame(undo);
    return now === null || !isStopped(now);
  }, GOES_ON_WITHIN_MS);
  if (!goesOn) throw new Error(`process ${undo.pid} is still stopped ${GOES_ON_WITHIN_MS} ms after SIGCONT: continue it by hand, or end it`);
}
