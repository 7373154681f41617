import { readProcessTable } from '../../../apps/agent/src/host/processes/process-table.js';

/** The watchdog that an agent, or what stands in for one, has started. */
export async function watchdogOf(agentPid: number): Promise<number> {
  const found = (await readProcessTable()).find(({ parentPid, argv }) => parentPid === agentPid && argv.some((word) => word.endsWith('watchdog-process.js')));
  if (found === undefined) throw new Error(`process ${agentPid} has no watchdog`);
  return found.pid;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
