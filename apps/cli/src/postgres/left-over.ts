import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#contracts';
import { identifyProcess } from '../data-dir/process-identity.js';

/** Signals and how long each may take: fast shutdown, then immediate shutdown, which costs only a recovery at the next start. */
const WAYS_TO_STOP: readonly (readonly [NodeJS.Signals, number])[] = [
  ['SIGINT', 10_000],
  ['SIGQUIT', 5_000],
];
const LOOK_EVERY_MS = 50;

/**
 * Stops a server that a killed `faultline up` left on this cluster. We hold the data directory's lock, so nobody else can be its owner.
 * A postmaster.pid whose pid belongs to something else by now is removed: PostgreSQL itself would refuse to start because of it.
 */
export async function stopLeftOver(clusterDir: string): Promise<void> {
  const pidFile = join(clusterDir, 'postmaster.pid');
  const pid = Number((await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  if (!(await serves(pid, clusterDir))) return rm(pidFile, { force: true });
  for (const [signal, limitMs] of WAYS_TO_STOP) {
    process.kill(pid, signal);
    if (await ended(pid, clusterDir, limitMs)) return;
  }
  throw new AppError('POSTGRES_FAILED', { reason: `a server from an earlier start (pid ${pid}) still runs on ${clusterDir} and does not stop; end it first` });
}

async function ended(pid: number, clusterDir: string, limitMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < limitMs; waitedMs += LOOK_EVERY_MS) {
    if (!(await serves(pid, clusterDir))) return true;
    await sleep(LOOK_EVERY_MS);
  }
  return false;
}

/** A postmaster works in its data directory; where that cannot be read, its command line names it. */
async function serves(pid: number, clusterDir: string): Promise<boolean> {
  const living = await identifyProcess(pid);
  if (living === null) return false;
  const worksIn = await readlink(`/proc/${pid}/cwd`).catch(() => null);
  return worksIn === null ? living.command.includes(clusterDir) : worksIn === (await realpath(clusterDir));
}
