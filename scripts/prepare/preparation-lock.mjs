import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DIST } from './places.mjs';
import { say } from './say.mjs';

/** Not in node_modules, which an install removes. */
const LOCK = `${DIST}.preparing`;
/** A holder writes its pid right after creating the file; an empty file older than this was left by a kill in between. */
const EMPTY_IS_STALE_MS = 2_000;

/** Runs `work` while no other start or test of this clone installs or builds. A holder that was killed is stepped over. */
export async function withLock(work) {
  await acquire();
  const release = () => rmSync(LOCK, { force: true });
  process.once('exit', release);
  try {
    await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

async function acquire() {
  mkdirSync(DIST, { recursive: true });
  let told = false;
  while (!create()) {
    if (removeStale()) continue;
    if (!told) say(`waiting for another start of this clone (pid ${holder()?.pid ?? '?'}) to finish installing or building`);
    told = true;
    await sleep(250);
  }
}

function create() {
  try {
    writeFileSync(LOCK, `${process.pid} ${startOf(process.pid)}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function removeStale() {
  const found = holder();
  if (found === null) return true;
  const stale = found.pid === undefined ? Date.now() - found.sinceMs > EMPTY_IS_STALE_MS : startOf(found.pid) !== found.start;
  if (stale) rmSync(LOCK, { force: true });
  return stale;
}

/** Null when the lock has gone meanwhile; without a pid while its holder is still writing. */
function holder() {
  try {
    const [pid, start] = readFileSync(LOCK, 'utf8').split(' ');
    const sinceMs = statSync(LOCK).mtimeMs;
    return pid ? { pid: Number(pid), start, sinceMs } : { sinceMs };
  } catch {
    // Released between our attempt to create it and this look at it.
    return null;
  }
}

/** Tells a process from a later one with the same pid: its start in clock ticks where /proc has it, else only whether it lives. */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    // No /proc, or no such process: the signal below knows which.
  }
  try {
    process.kill(pid, 0);
    return 'alive';
  } catch (error) {
    return error.code === 'EPERM' ? 'alive' : 'gone';
  }
}
