import { readdirSync, readFileSync } from 'node:fs';

// USER_HZ, which Linux fixes at 100 for everything that programs are shown (proc(5), sysconf(3)).
const TICKS_PER_SEC = 100;

/** Processor seconds that a process has used, user and system, all its threads; null where there is no /proc. */
export function cpuSeconds(pid: number): number | null {
  const fields = statFields(pid);
  return fields === null ? null : (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SEC;
}

/** As above, with all processes that it or its children started and that are there or were waited for. */
export function cpuSecondsOfTree(pid: number): number | null {
  const parents = readParents();
  if (parents === null) return null;
  const tree = [pid];
  for (const parent of tree) tree.push(...[...parents].filter(([, of]) => of === parent).map(([child]) => child));
  return tree.reduce((sum, one) => sum + (cpuSecondsWithWaited(one) ?? 0), 0);
}

function cpuSecondsWithWaited(pid: number): number | null {
  const fields = statFields(pid);
  return fields === null ? null : (Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14])) / TICKS_PER_SEC;
}

function readParents(): Map<number, number> | null {
  try {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
    return new Map(pids.flatMap((pid) => ((fields) => (fields === null ? [] : [[pid, Number(fields[1])] as const]))(statFields(pid))));
  } catch {
    return null;
  }
}

/** From the third field on (proc(5)); the second, a name in parentheses, may itself have blanks. */
function statFields(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    // Gone, or not Linux.
    return null;
  }
}
