/** The fields of `/proc/<pid>/stat` that are used here; proc(5) numbers them from 1. */
export interface ProcessStat {
  readonly pid: number;
  /** Name of the program, cut to 15 characters by the kernel. */
  readonly comm: string;
  /** `R`, `S`, `D`, `T` (stopped), `t` (traced), `Z` (dead, not yet collected), `X`. */
  readonly state: string;
  readonly parentPid: number;
  readonly kernelThread: boolean;
  /** User and system time together, in clock ticks. */
  readonly cpuTicks: number;
  /** Start time in clock ticks since boot: with the pid it names one process for good. A string, as it need not fit a double. */
  readonly startTicks: string;
}

// PF_KTHREAD of the kernel's include/linux/sched.h.
const KERNEL_THREAD_FLAG = 0x0020_0000;

/** Null when the text has another shape. */
export function parseProcessStat(text: string): ProcessStat | null {
  // The name stands in brackets and may hold brackets and spaces itself, so the last one ends it.
  const match = /^(\d+) \((.*)\) ([A-Za-z]) (.+)$/s.exec(text.trimEnd());
  if (match === null) return null;
  const [, pid = '', comm = '', state = '', rest = ''] = match;
  // `rest` begins with field 4.
  const field = (number: number): string => rest.split(' ')[number - 4] ?? '0';
  return {
    pid: Number(pid),
    comm,
    state,
    parentPid: Number(field(4)),
    kernelThread: (Number(field(9)) & KERNEL_THREAD_FLAG) !== 0,
    cpuTicks: Number(field(14)) + Number(field(15)),
    startTicks: field(22),
  };
}

/** Dead processes stay in the table until their parent has asked for them. */
export function isDead({ state }: ProcessStat): boolean {
  return state === 'Z' || state === 'X' || state === 'x';
}
