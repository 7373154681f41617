import { readFile, readdir, readlink } from 'node:fs/promises';

const LISTENING = '0A';
const MAX_COMMAND_LENGTH = 80;

/** Who listens on a TCP port, as `pid 123 (node server.js)`; null where /proc does not tell (other systems, other users' processes). */
export async function findPortHolder(port: number): Promise<string | null> {
  try {
    const inodes = new Set([...(await listeningInodes('/proc/net/tcp', port)), ...(await listeningInodes('/proc/net/tcp6', port))]);
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    for (const pid of pids) if (await holdsSocket(pid, inodes)) return `pid ${pid} (${await commandOf(pid)})`;
    return null;
  } catch {
    // No /proc on this system: the port is still named, only its holder is not.
    return null;
  }
}

/** Lines of /proc/net/tcp: `sl local_address rem_address st ... inode`, the port in hex after the colon (proc_net_tcp in the kernel's documentation). */
async function listeningInodes(file: string, port: number): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = text.split('\n').map((line) => line.trim().split(/\s+/));
  return rows.flatMap((row) => (row[1]?.endsWith(wanted) === true && row[3] === LISTENING && row[9] !== undefined ? [`socket:[${row[9]}]`] : []));
}

async function holdsSocket(pid: string, inodes: ReadonlySet<string>): Promise<boolean> {
  // Another user's process, or one that ended meanwhile, cannot be read: not the answer we can give.
  const fds = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const links = await Promise.all(fds.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')));
  return links.some((link) => inodes.has(link));
}

async function commandOf(pid: string): Promise<string> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.replaceAll('\0', ' ').trim().slice(0, MAX_COMMAND_LENGTH) || 'unknown command';
}
