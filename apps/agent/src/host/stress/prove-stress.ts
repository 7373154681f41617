import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Proof } from '#contracts';
import { proofOf } from '../proof.js';
import { until } from '../until.js';
import { stressProcesses } from './stress-processes.js';

const WINDOW_MS = 1_000;
// Workers sleep by timers, which a busy host keeps late; half of what was asked still tells load from none.
const ENOUGH_SHARE = 0.5;
// Filling memory takes about a second for some GiB.
const FILLS_WITHIN_MS = 30_000;
const HELD_SHARE = 0.95;
const LOOK_EVERY_MS = 100;

/** Processor time over a moment, against what was asked. Workers that wait for a core on a busy host press on it just the same, so that counts too. */
export async function proveCpu(faultId: string, { workers, loadPercent }: { readonly workers: number; readonly loadPercent: number }): Promise<Proof> {
  const askedCores = (workers * loadPercent) / 100;
  const before = await demandSec(faultId);
  const startedAtMs = performance.now();
  await sleep(WINDOW_MS);
  const after = await demandSec(faultId);
  const windowSec = (performance.now() - startedAtMs) / 1_000;
  const [ranCores, waitedCores] = [(after.ran - before.ran) / windowSec, (after.waited - before.waited) / windowSec];
  const verdict = ranCores + waitedCores >= askedCores * ENOUGH_SHARE ? 'bites' : 'does-not-bite';
  const got = `${ranCores.toFixed(2)} cores used${waitedCores >= 0.01 ? `, ${waitedCores.toFixed(2)} more wanted while the host was busy` : ''}`;
  return proofOf({ verdict, asked: `${askedCores.toFixed(2)} cores busy`, got, how: `time of the stress processes on and waiting for a core over ${WINDOW_MS} ms, from /proc` });
}

interface Demand {
  readonly ran: number;
  readonly waited: number;
}

/** Of all processes of the fault together, in seconds: `/proc/<pid>/schedstat` has nanoseconds on a core and nanoseconds ready but without one. */
async function demandSec(faultId: string): Promise<Demand> {
  const texts = await Promise.all((await stressProcesses(faultId)).map(({ pid }) => readFile(`/proc/${pid}/schedstat`, 'utf8').catch(() => '')));
  const sum = (field: number): number => texts.reduce((total, text) => total + Number(text.split(' ')[field] ?? 0), 0) / 1e9;
  return { ran: sum(0), waited: sum(1) };
}

/** `ownMebibytes`: what the process needs for itself, which is not what was asked for. */
export async function proveMemory(faultId: string, askedMebibytes: number, ownMebibytes: number): Promise<Proof> {
  let gotMebibytes = 0;
  const held = await until(async () => {
    gotMebibytes = (await residentMebibytes(faultId)) - ownMebibytes;
    return gotMebibytes >= askedMebibytes * HELD_SHARE;
  }, FILLS_WITHIN_MS, LOOK_EVERY_MS);
  return proofOf({ verdict: held ? 'bites' : 'does-not-bite', asked: `${askedMebibytes} MiB held`, got: `${gotMebibytes} MiB resident`, how: 'growth of the resident set of the stress process, from /proc' });
}

/** `VmRSS` of proc(5). */
async function residentMebibytes(faultId: string): Promise<number> {
  const texts = await Promise.all((await stressProcesses(faultId)).map(({ pid }) => readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')));
  return Math.round(texts.reduce((sum, text) => sum + Number(/^VmRSS:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0), 0) / 1024);
}
