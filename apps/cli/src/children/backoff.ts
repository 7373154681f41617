const FIRST_MS = 250;
/** A process that cannot live is tried often enough to be back soon after the cause has gone, and seldom enough to cost nothing. */
const LONGEST_MS = 5_000;

/** How long to wait before start number `failures` in a row, counted from 1: doubling from 250 ms to 5 s. */
export function backoffMs(failures: number): number {
  return Math.min(FIRST_MS * 2 ** (Math.max(1, failures) - 1), LONGEST_MS);
}
