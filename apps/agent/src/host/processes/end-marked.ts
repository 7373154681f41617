import { until } from '../until.js';
import { processesMarked } from './process-table.js';
import type { MarkedProcess } from './process-table.js';

/** Kills every process that carries the mark and waits until none is left, new ones too; rejects when one stays. */
export async function endMarked(name: string, wanted: (mark: string) => boolean, withinMs: number): Promise<void> {
  let left: readonly MarkedProcess[] = [];
  const gone = await until(async () => {
    left = (await processesMarked(name)).filter(({ mark }) => wanted(mark));
    for (const { pid } of left) kill(pid);
    return left.length === 0;
  }, withinMs);
  if (!gone) throw new Error(`${left.map(({ pid, comm, state }) => `process ${pid} (${comm}, state ${state})`).join(', ')} still there ${withinMs} ms after SIGKILL`);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
