import type { EdgeRate, Health } from './world.js';

// One request in ten failing is visible to every user of a page that makes a few calls; one in a hundred is where common error budgets burn fast.
export const FAILING_FAILURE_SHARE = 0.1;
export const DEGRADED_FAILURE_SHARE = 0.01;

/** Share of requests without a usable answer, 0 to 1; 0 without requests. Client errors do not count: the caller was wrong, not the edge. */
export function failureShare(rate: EdgeRate): number {
  return rate.requestsPerSec > 0 ? rate.failuresPerSec / rate.requestsPerSec : 0;
}

/** Failing from 10 % failures, degraded from 1 %, idle without a request in the second. */
export function healthOf(rate: EdgeRate): Health {
  if (rate.requestsPerSec <= 0) return 'idle';
  const share = failureShare(rate);
  if (share >= FAILING_FAILURE_SHARE) return 'failing';
  return share >= DEGRADED_FAILURE_SHARE ? 'degraded' : 'healthy';
}
