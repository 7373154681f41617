import type { EdgeSecondRecord } from '#analysis';
import { FAILURE_OUTCOMES, OUTCOMES, type EdgePoint } from '#contracts';
import { LatencySketch } from '#traffic';

interface Step {
  requests: number;
  failures: number;
  readonly latency: LatencySketch;
}

/** Adds recorded seconds up to points of `stepSec` seconds each, the first beginning at `fromSec`. A step in which nothing was recorded has no point. */
export function edgePoints(seconds: readonly EdgeSecondRecord[], { fromSec, stepSec }: { fromSec: number; stepSec: number }): EdgePoint[] {
  const steps = new Map<number, Step>();
  for (const second of seconds) {
    const start = fromSec + Math.floor((second.sec - fromSec) / stepSec) * stepSec;
    const step = steps.get(start) ?? { requests: 0, failures: 0, latency: new LatencySketch() };
    steps.set(start, step);
    for (const outcome of OUTCOMES) step.requests += second.outcomes[outcome];
    for (const outcome of FAILURE_OUTCOMES) step.failures += second.outcomes[outcome];
    step.latency.merge(second.latency);
  }
  return [...steps].sort(([a], [b]) => a - b).map(([sec, step]) => toPoint(sec, step));
}

function toPoint(sec: number, { requests, failures, latency }: Step): EdgePoint {
  return { sec, requests, failures, p50Ms: latency.quantile(0.5), p95Ms: latency.quantile(0.95), p99Ms: latency.quantile(0.99) };
}
