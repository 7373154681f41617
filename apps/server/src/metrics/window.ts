/** Blocks hold two hours: long enough to compress well, short enough to be read for a look at the last hour. */
export const WINDOW_MS = 2 * 3_600_000;

export function windowOf(timeMs: number): number {
  return Math.floor(timeMs / WINDOW_MS) * WINDOW_MS;
}
