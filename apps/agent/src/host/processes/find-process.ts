import type { ProcessRef } from '#contracts';
import { processLabel } from '#contracts';
import { listeningInodes } from './listening-sockets.js';
import { isDead } from './process-stat.js';
import { readProcessTable, socketHolders } from './process-table.js';
import type { ProcessEntry } from './process-table.js';
import { programNames } from './program-names.js';

export type FoundProcess = { readonly ok: true; readonly process: ProcessEntry } | { readonly ok: false; readonly reason: string };

/** The one process that is meant, now. */
export async function findProcess(ref: ProcessRef): Promise<FoundProcess> {
  const table = (await readProcessTable()).filter((entry) => !isDead(entry));
  if (ref.by !== 'port') return theOne(ref, table.filter((entry) => (ref.by === 'pid' ? entry.pid === ref.pid : programNames(entry).includes(ref.name))));
  const inodes = await listeningInodes(ref.port);
  if (inodes.size === 0) return { ok: false, reason: `no process listens on TCP port ${ref.port}` };
  const holders = new Set(await socketHolders(inodes));
  if (holders.size === 0) return { ok: false, reason: `port ${ref.port} has a listener, but its process cannot be seen by the agent's user` };
  return theOne(ref, table.filter(({ pid }) => holders.has(pid)));
}

const LISTED = 8;

/** More than one is refused, never guessed. */
export function theOne(ref: ProcessRef, found: readonly ProcessEntry[]): FoundProcess {
  const [first, ...others] = found;
  if (first === undefined) return { ok: false, reason: `no process matches ${processLabel(ref)}` };
  if (others.length === 0) return { ok: true, process: first };
  const listed = found.slice(0, LISTED).map(describeProcess).join(', ');
  return { ok: false, reason: `${found.length} processes match ${processLabel(ref)}: ${listed}${found.length > LISTED ? ', ...' : ''}. Name one by its pid` };
}

/** `4711 (node server.js)`. */
export function describeProcess({ pid, comm, argv }: ProcessEntry): string {
  const words = argv.length === 0 ? comm : argv.slice(0, 2).join(' ');
  return `${pid} (${words.length > 60 ? `${words.slice(0, 57)}...` : words})`;
}
