import type { ProcessEntry } from './process-table.js';

/** The process and everything it was started by, up to the first one. */
export function ancestorsOf(pid: number, table: readonly Pick<ProcessEntry, 'pid' | 'parentPid'>[]): ReadonlySet<number> {
  const parentOf = new Map(table.map((entry) => [entry.pid, entry.parentPid]));
  const line = new Set<number>();
  for (let next: number | undefined = pid; next !== undefined && next > 0 && !line.has(next); next = parentOf.get(next)) line.add(next);
  return line;
}
