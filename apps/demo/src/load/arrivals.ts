import { exponential } from '../chance/distributions.js';
import type { Random } from '../chance/random.js';

// After a pause of the whole machine (a lid closed, a debugger) we go on from now instead of sending what was missed in one burst.
const MAX_BEHIND_MS = 2_000;

/** When the next arrival of a Poisson process is due, counted from the one before, so that lateness of a timer does not thin the stream out. */
export function nextArrivalMs(previous: { dueMs: number; nowMs: number }, ratePerSec: number, random: Random): number {
  const fromMs = previous.nowMs - previous.dueMs > MAX_BEHIND_MS ? previous.nowMs : previous.dueMs;
  return fromMs + exponential(1_000 / ratePerSec, random);
}
