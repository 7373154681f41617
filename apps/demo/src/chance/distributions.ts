import type { Random } from './random.js';

/** Waiting time to the next event of a Poisson process: the memoryless gap between arrivals that know nothing of each other. */
export function exponential(mean: number, random: Random): number {
  return -Math.log(1 - random()) * mean;
}

/** Log-normal around its median: many values near it and a long tail above, the shape of disk and network waits. */
export function logNormal({ median, sigma }: { median: number; sigma: number }, random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  const normal = radius * Math.cos(2 * Math.PI * random());
  return median * Math.exp(sigma * normal);
}
