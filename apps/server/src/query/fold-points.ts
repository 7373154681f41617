import { FAILURE_OUTCOMES, OUTCOMES, type EdgePoint, type OutcomeCounts } from '#contracts';
import { LatencySketch, decodeSketch } from '#traffic';

/** Recorded seconds of one edge; several of one second come from several starts of agents. */
export interface PointSource {
  readonly sec: number;
  readonly outcomes: OutcomeCounts;
  /** An encoded latency sketch. */
  readonly latency: Uint8Array;
}

interface Step {
  requests: number;
  failures: number;
  readonly latency: LatencySketch;
}

/** Adds recorded seconds up to points of `stepSec` seconds each, the first beginning at `fromSec`. A step in which nothing was recorded has no point. */
export function foldPoints(seconds: readonly PointSource[], { fromSec, stepSec }: { fromSec: number; stepSec: number }): EdgePoint[] {
  const steps = new Map<number, Step>();
  for (const second of seconds) {
    const start = fromSec + Math.floor((second.sec - fromSec) / stepSec) * stepSec;
    const step = steps.get(start) ?? { requests: 0, failures: 0, latency: new LatencySketch() };
    steps.set(start, step);
    for (const outcome of OUTCOMES) step.requests += second.outcomes[outcome];
    for (const outcome of FAILURE_OUTCOMES) step.failures += second.outcomes[outcome];
    step.latency.merge(decodeSketch(second.latency));
  }
  return [...steps].sort(([a], [b]) => a - b).map(([sec, step]) => toPoint(sec, step));
}

function toPoint(sec: number, { requests, failures, latency }: Step): EdgePoint {
  return { sec, requests, failures, p50Ms: latency.quantile(0.5), p95Ms: latency.quantile(0.95), p99Ms: latency.quantile(0.99) };
}
