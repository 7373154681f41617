import type { ComparedMetric } from '#contracts';
import type { SketchOps, Step } from './edge-seconds.js';

/** How one metric is read from steps, and what change of it is tolerated. */
export interface MetricRule {
  readonly worse: 'higher' | 'lower';
  /** The median step of a window needs so many requests before one step says anything; seconds are taken together until it has them. */
  readonly requestsPerStep: number;
  /** Whether a verdict waits for that. A rate does not: an almost idle step is a measurement of it. */
  readonly needsFullSteps: boolean;
  /** `shape`: the median difference of steps, by ranks. `totals`: the difference of shares, by counts. */
  readonly statistic: 'shape' | 'totals';
  readonly value: (step: Step, input: { stepSec: number; sketches: SketchOps }) => number | null;
  /** The largest tolerated change, in the metric's unit, given the median of the steps before. */
  readonly toleratedChange: (beforeMedian: number) => number;
  readonly text: (amount: number) => string;
}

// Below two milliseconds a tenth of the latency is the noise of a scheduler.
const LATENCY_FLOOR_MS = 2;
const LATENCY_SHARE = 0.1;
const RATE_SHARE = 0.05;
const FAILURE_POINTS = 0.001;

/** A quantile needs values beyond it: 1 / (1 - q) requests a step, or a step without a slow request hides that there are some. */
const quantileRule = (name: 'p50' | 'p95' | 'p99', requestsPerStep: number): MetricRule => ({
  worse: 'higher',
  requestsPerStep,
  needsFullSteps: true,
  statistic: 'shape',
  value: (step, { sketches }) => sketches.merge(step.sketches)[name],
  toleratedChange: (beforeMs) => Math.max(LATENCY_FLOOR_MS, LATENCY_SHARE * beforeMs),
  text: (ms) => `${rounded(ms)} ms`,
});

export const METRIC_RULES: Readonly<Record<ComparedMetric, MetricRule>> = {
  requestsPerSec: {
    worse: 'lower',
    // A count below this moves in jumps of more than one percent, a fifth of what is tolerated.
    requestsPerStep: 100,
    needsFullSteps: false,
    statistic: 'shape',
    value: (step, { stepSec }) => step.requests / stepSec,
    toleratedChange: (beforeRate) => RATE_SHARE * beforeRate,
    text: (rate) => `${rounded(rate)} requests/s`,
  },
  failureRatio: {
    worse: 'higher',
    requestsPerStep: 5,
    needsFullSteps: true,
    statistic: 'totals',
    value: (step) => (step.requests === 0 ? null : step.failures / step.requests),
    toleratedChange: () => FAILURE_POINTS,
    text: (ratio) => `${rounded(100 * ratio)} percentage points`,
  },
  p50Ms: quantileRule('p50', 5),
  p95Ms: quantileRule('p95', 20),
  p99Ms: quantileRule('p99', 100),
};

/** Two significant digits: no verdict turns on a third. */
function rounded(amount: number): string {
  return String(Number(amount.toPrecision(2)));
}
