import type { LiveEdgeState } from '#contracts';
import type { EdgeRate } from './world.js';

/** Five minutes: long enough to hold a fault with its before and after on one sparkline. */
export const HISTORY_SEC = 300;

export function totalRequests(state: LiveEdgeState): number {
  return state.ok + state.clientError + state.serverError + state.noResponse;
}

export interface RateSpan {
  /** The last second that is covered. */
  readonly sec: number;
  readonly elapsedSec: number;
}

/** Per-second rates from two readings of cumulative counters. A skipped tick spreads over its seconds, so no request is lost. */
export function rateBetween(before: LiveEdgeState, after: LiveEdgeState, span: RateSpan): EdgeRate {
  const perSec = (from: number, to: number) => Math.max(0, to - from) / span.elapsedSec;
  const requestsPerSec = perSec(totalRequests(before), totalRequests(after));
  const quiet = requestsPerSec === 0;
  return Object.freeze({
    sec: span.sec,
    requestsPerSec,
    failuresPerSec: perSec(before.serverError + before.noResponse, after.serverError + after.noResponse),
    clientErrorsPerSec: perSec(before.clientError, after.clientError),
    faultedPerSec: perSec(before.faulted, after.faulted),
    bytesPerSec: perSec(before.bytes, after.bytes),
    connections: after.connections,
    p50Ms: quiet ? null : after.p50Ms,
    p95Ms: quiet ? null : after.p95Ms,
    p99Ms: quiet ? null : after.p99Ms,
  });
}

/** `history` with one more second, without those older than the window. */
export function withSecond(history: readonly EdgeRate[], rate: EdgeRate): readonly EdgeRate[] {
  const oldestSec = rate.sec - HISTORY_SEC + 1;
  const kept = history.filter((entry) => entry.sec >= oldestSec && entry.sec < rate.sec);
  kept.push(rate);
  return Object.freeze(kept);
}
