import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until it holds or the time is over; says whether it held. */
export async function until(holds: () => Promise<boolean>, withinMs: number, everyMs = 10): Promise<boolean> {
  const endsAtMs = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > endsAtMs) return false;
    await sleep(everyMs);
  }
  return true;
}
