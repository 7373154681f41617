import { readFileSync } from 'node:fs';

// USER_HZ, which Linux fixes at 100 for everything that programs are shown (proc(5), sysconf(3)).
const TICKS_PER_SEC = 100;

/** Processor seconds that a process has used, user and system, all its threads; null where there is no /proc. */
export function cpuSeconds(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Fields 14 and 15 (proc(5)); the second field, a name in parentheses, may itself have blanks.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SEC;
  } catch {
    // Not Linux: the figure is left out.
    return null;
  }
}
