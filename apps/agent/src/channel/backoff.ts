const FIRST_MS = 250;
// Short, because a lease ends in 10 s: an agent that waits longer than half of it turns a server's restart into lost faults.
const LONGEST_MS = 5_000;

/** How long to wait before the next attempt: full jitter over a doubling range, so that a thousand agents do not come back at once. */
export function backoffMs(failures: number, random: () => number): number {
  return random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
}
