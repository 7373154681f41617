import { readFile, readdir, readlink } from 'node:fs/promises';
import { identifyProcess } from '../data-dir/process-identity.js';

/** TCP_LISTEN in the state column of /proc/net/tcp. */
const LISTENING = '0A';

/** Who listens on a port, in words: `pid 123 (node server.js)`, or that this cannot be told. */
export async function findPortHolder(port: number): Promise<string> {
  const sockets = await listeningSockets(port);
  if (sockets.size > 0) {
    for (const pid of await pids()) {
      if (await holdsOne(pid, sockets)) return describe(pid);
    }
  }
  return `another process (find it with: ${process.platform === 'linux' ? `ss -ltnp 'sport = :${port}'` : `lsof -nP -iTCP:${port} -sTCP:LISTEN`})`;
}

async function describe(pid: number): Promise<string> {
  const holder = await identifyProcess(pid);
  return `pid ${pid} (${holder?.command ?? 'which has just ended'})`;
}

/** `socket:[inode]` of every socket that listens on the port, over both IP versions; empty where there is no /proc. */
async function listeningSockets(port: number): Promise<Set<string>> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'utf8').catch(() => '')));
  const rows = tables.flatMap((table) => table.split('\n').slice(1)).map((row) => row.trim().split(/\s+/));
  // proc(5): local address is column 1, state column 3, inode column 9.
  return new Set(rows.filter((row) => row[1]?.endsWith(suffix) && row[3] === LISTENING).map((row) => `socket:[${row[9]}]`));
}

async function pids(): Promise<number[]> {
  return (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
}

/** False also for a process of another user, whose files only root may see. */
async function holdsOne(pid: number, sockets: ReadonlySet<string>): Promise<boolean> {
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const targets = await Promise.all(descriptors.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')));
  return targets.some((target) => sockets.has(target));
}
