import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { processesMarked } from '../../../apps/agent/src/host/processes/process-table.js';
import { orderOf } from './rig.js';
import type { Rig } from './rig.js';

const MEBIBYTES = 96;
const WINDOW_MS = 1_000;
// Of 100 ticks a second: far more than an idle process takes, far less than even a crowded host leaves.
const BUSY_TICKS = 10;

const settings = { policy: { stress: { maxCpuPercent: 100, maxMemoryMebibytes: 1_024 } }, control: { host: '127.0.0.1', port: 9 } };
const own = (): ReturnType<typeof processesMarked> => processesMarked('FAULTLINE_STRESS');

async function ticks(): Promise<number> {
  return (await own()).reduce((sum, { cpuTicks }) => sum + cpuTicks, 0);
}

async function residentMebibytes(): Promise<number> {
  const statuses = await Promise.all((await own()).map(({ pid }) => readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')));
  return statuses.reduce((sum, status) => sum + Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0), 0) / 1024;
}

/** Every process that stresses this host: none may be left. */
async function snapshot(): Promise<string> {
  return (await own()).map(({ pid, mark }) => `${pid} ${mark}`).join('\n');
}

/** A sweep takes all stress processes of the host away, and so does this suite: never those of somebody's real fault. */
async function refuseStrangers(): Promise<void> {
  const strangers = await snapshot();
  if (strangers !== '') throw new Error(`this host is under the stress of another Faultline, which this suite would end: ${strangers}`);
}

async function vanish(): Promise<void> {
  for (const { pid } of await own()) process.kill(pid, 'SIGKILL');
}

export async function cpuStressRig(): Promise<Rig> {
  await refuseStrangers();
  return {
    kind: 'cpu-stress',
    settings,
    order: (faultId) => orderOf('cpu-stress', faultId, { workers: 2, loadPercent: 50 }),
    isHit: async () => {
      const before = await ticks();
      await sleep(WINDOW_MS);
      return (await ticks()) - before >= BUSY_TICKS;
    },
    snapshot,
    vanish,
    close: vanish,
  };
}

export async function memoryStressRig(): Promise<Rig> {
  await refuseStrangers();
  return {
    kind: 'memory-stress',
    settings,
    order: (faultId) => orderOf('memory-stress', faultId, { mebibytes: MEBIBYTES }),
    isHit: async () => (await residentMebibytes()) >= MEBIBYTES,
    snapshot,
    vanish,
    close: vanish,
  };
}
