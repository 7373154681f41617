import type { EdgeRate, WorldEdge } from './world.js';

// An edge with a request every other second would flicker between idle and healthy, and say nothing by it. Five seconds are still quick to fail.
export const RECENT_SEC = 5;

/** The mean of the last five seconds, with the newest latencies there are: what an edge looks like, while dots show each second as it was. */
export function recentRate({ now, history }: Pick<WorldEdge, 'now' | 'history'>): EdgeRate {
  const recent = history.filter(({ sec }) => sec > now.sec - RECENT_SEC);
  if (recent.length === 0) return now;
  const mean = (valueOf: (rate: EdgeRate) => number) => recent.reduce((sum, rate) => sum + valueOf(rate), 0) / recent.length;
  const timed = recent.findLast(({ p50Ms }) => p50Ms !== null) ?? now;
  return {
    ...now,
    requestsPerSec: mean((rate) => rate.requestsPerSec),
    failuresPerSec: mean((rate) => rate.failuresPerSec),
    clientErrorsPerSec: mean((rate) => rate.clientErrorsPerSec),
    faultedPerSec: mean((rate) => rate.faultedPerSec),
    bytesPerSec: mean((rate) => rate.bytesPerSec),
    p50Ms: timed.p50Ms,
    p95Ms: timed.p95Ms,
    p99Ms: timed.p99Ms,
  };
}
