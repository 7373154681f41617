import { readFile, readdir, readlink } from 'node:fs/promises';
import { isDead, parseProcessStat } from './process-stat.js';
import type { ProcessStat } from './process-stat.js';

/** A process with the words it was started with. */
export interface ProcessEntry extends ProcessStat {
  readonly argv: readonly string[];
}

/** Null when there is no such process (any more). */
export async function readProcess(pid: number): Promise<ProcessStat | null> {
  const text = await readProc(`${pid}/stat`);
  return text === null ? null : parseProcessStat(text);
}

/** Every process that can be seen from here. */
export async function readProcessTable(): Promise<readonly ProcessEntry[]> {
  return present(await Promise.all((await pids()).map(readEntry)));
}

export interface MarkedProcess extends ProcessStat {
  readonly mark: string;
}

/** Processes with the variable in the environment that they were started with, and its value, of those that this user may read. */
export async function processesMarked(name: string): Promise<readonly MarkedProcess[]> {
  const prefix = `${name}=`;
  const readMarked = async (pid: number): Promise<MarkedProcess | null> => {
    const marker = (await readProc(`${pid}/environ`))?.split('\0').find((entry) => entry.startsWith(prefix));
    const stat = marker === undefined ? null : await readProcess(pid);
    return stat === null || isDead(stat) ? null : { ...stat, mark: marker?.slice(prefix.length) ?? '' };
  };
  return present(await Promise.all((await pids()).map(readMarked)));
}

/** Which processes have which of the sockets open. */
export async function socketHolders(inodes: ReadonlySet<string>): Promise<readonly number[]> {
  const held = await Promise.all((await pids()).map(async (pid) => ((await socketsOf(pid)).some((inode) => inodes.has(inode)) ? pid : null)));
  return present(held);
}

async function pids(): Promise<number[]> {
  return (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
}

async function readEntry(pid: number): Promise<ProcessEntry | null> {
  const stat = await readProcess(pid);
  if (stat === null) return null;
  const argv = (await readProc(`${pid}/cmdline`))?.split('\0').filter((word) => word !== '') ?? [];
  return { ...stat, argv };
}

/** A process may end while it is read, and those of other users may be closed to this one: both are null. */
async function readProc(path: string): Promise<string | null> {
  try {
    return await readFile(`/proc/${path}`, 'utf8');
  } catch {
    return null;
  }
}

async function socketsOf(pid: number): Promise<string[]> {
  try {
    const descriptors = await readdir(`/proc/${pid}/fd`);
    const links = await Promise.all(descriptors.map((descriptor) => readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '')));
    return links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []);
  } catch {
    // Gone, or not ours to look into.
    return [];
  }
}

function present<T>(values: readonly (T | null)[]): readonly T[] {
  return values.filter((value): value is T & {} => value !== null);
}
