import { logNormal } from '../chance/distributions.js';
import type { Random } from '../chance/random.js';

/**
 * Stands for a leaf's own disk, model or acquirer, which the demo does not have: a real wait, log-normal around its median with the long tail that
 * such things have. The only part of a request that is made up; everything between processes is real.
 */
export function naturalWait(medianMs: number, random: Random): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, logNormal({ median: medianMs, sigma: 0.5 }, random)));
}
