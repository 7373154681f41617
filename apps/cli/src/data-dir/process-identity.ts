import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A process as it can be told from a later one with the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque; equal only for the same process. */
  readonly startedAt: string;
  readonly command: string;
}

/** The process with this pid, or null when none lives; a zombie does not. */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | null> {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

async function fromProc(pid: number): Promise<ProcessIdentity | null> {
  try {
    const [stat, commandLine, bootId] = await Promise.all([readFile(`/proc/${pid}/stat`, 'utf8'), readFile(`/proc/${pid}/cmdline`, 'utf8'), readFile('/proc/sys/kernel/random/boot_id', 'utf8')]);
    // proc(5): the name, field 2, may contain spaces and brackets; counting starts after its last one. State is field 3, start in ticks since boot field 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    const command = commandLine.replaceAll('\0', ' ').trim() || stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    return { pid, startedAt: `${bootId.trim()}/${fields[19]}`, command };
  } catch {
    // It went while we looked, or never was.
    return null;
  }
}

async function fromPs(pid: number): Promise<ProcessIdentity | null> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=,command=', '-p', String(pid)]);
    // lstart has a fixed width of 24: `Mon Jan  2 15:04:05 2006`.
    return { pid, startedAt: stdout.slice(0, 24).trim(), command: stdout.slice(24).trim() };
  } catch {
    // ps exits with 1 when there is no such process.
    return null;
  }
}
