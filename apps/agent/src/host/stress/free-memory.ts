import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const MEBIBYTE = 1024 * 1024;
const CGROUP_ROOT = '/sys/fs/cgroup';
// Below this a host swaps and kills rather than slows down; the agent itself must live through the fault.
const LEAST_RESERVE_MEBIBYTES = 256;
const RESERVE_SHARE = 0.1;

export interface Memory {
  /** What could be had without swapping, on the host or in the control group of this agent, whichever is less. */
  readonly availableMebibytes: number;
  /** What a fault must leave. */
  readonly reserveMebibytes: number;
}

/** Null where the system does not tell. */
export async function readMemory(): Promise<Memory | null> {
  const host = parseMeminfo(await readFile('/proc/meminfo', 'utf8').catch(() => ''));
  if (host === null) return null;
  const groups = await groupHeadrooms();
  const reserveMebibytes = Math.max(LEAST_RESERVE_MEBIBYTES, Math.ceil(host.totalMebibytes * RESERVE_SHARE));
  return { availableMebibytes: Math.floor(Math.min(host.availableMebibytes, ...groups)), reserveMebibytes };
}

/** `/proc/meminfo`, see proc(5); its "kB" are KiB. */
export function parseMeminfo(text: string): { readonly totalMebibytes: number; readonly availableMebibytes: number } | null {
  const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1] ?? Number.NaN) / 1024;
  const found = { totalMebibytes: field('MemTotal'), availableMebibytes: field('MemAvailable') };
  return Number.isNaN(found.totalMebibytes + found.availableMebibytes) ? null : found;
}

/** What each control group (version 2) from this process's own up to the root still gives. */
async function groupHeadrooms(): Promise<number[]> {
  const own = /^0::(.+)$/m.exec(await readFile('/proc/self/cgroup', 'utf8').catch(() => ''))?.[1];
  const headrooms: number[] = [];
  for (let path = own; path !== undefined && headrooms.length < 64; path = path === '/' ? undefined : dirname(path)) headrooms.push(await headroomOf(join(CGROUP_ROOT, path)));
  return headrooms;
}

async function headroomOf(directory: string): Promise<number> {
  const [max, current, stat] = await Promise.all(['memory.max', 'memory.current', 'memory.stat'].map((file) => readFile(join(directory, file), 'utf8').catch(() => '')));
  return groupHeadroomMebibytes({ max: max ?? '', current: current ?? '', stat: stat ?? '' });
}

/** From the files of one group; infinite without a limit. Pages of files that nobody uses count as free, as the kernel gives them up first. */
export function groupHeadroomMebibytes({ max, current, stat }: { readonly max: string; readonly current: string; readonly stat: string }): number {
  if (!/^\d+$/.test(max.trim())) return Number.POSITIVE_INFINITY;
  const inactiveFile = Number(/^inactive_file (\d+)$/m.exec(stat)?.[1] ?? 0);
  return (Number(max) - Number(current) + inactiveFile) / MEBIBYTE;
}
