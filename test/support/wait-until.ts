import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until the answer is neither false nor undefined nor null; fails with `what` after `withinMs`. A refused or failing ask counts as not yet. */
export async function waitUntil<T>(what: string, ask: () => Promise<T> | T, withinMs = 60_000): Promise<NonNullable<T>> {
  const endsAtMs = performance.now() + withinMs;
  let lastProblem: unknown;
  while (performance.now() < endsAtMs) {
    try {
      const answer = await ask();
      if (answer !== false && answer !== undefined && answer !== null) return answer;
    } catch (error) {
      lastProblem = error;
    }
    await sleep(100);
  }
  throw new Error(`Waited ${withinMs} ms in vain until ${what}`, { cause: lastProblem });
}
