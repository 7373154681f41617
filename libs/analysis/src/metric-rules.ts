import type { ComparedMetric } from '#contracts';
import type { QuantilesOf, Step } from './edge-seconds.js';

/** How one metric is read from steps, and what change of it is tolerated. */
export interface MetricRule {
  readonly worse: 'higher' | 'lower';
  /** With fewer requests in its median step, a window says nothing. */
  readonly leastRequestsPerStep: number;
  /** With fewer, it may show a change but never that there is none. Seconds are taken together until it has them, as far as 20 points remain. */
  readonly fullStepRequests: number;
  /** `shape`: the median difference of steps, by ranks. `totals`: the difference of shares, by counts. */
  readonly statistic: 'shape' | 'totals';
  readonly value: (step: Step, input: { stepSec: number; quantilesOf: QuantilesOf }) => number | null;
  /** The largest tolerated change, in the metric's unit, given the median of the steps before. */
  readonly toleratedChange: (beforeMedian: number) => number;
  readonly text: (amount: number) => string;
}

// Below two milliseconds a tenth of the latency is the noise of a scheduler.
const LATENCY_FLOOR_MS = 2;
const LATENCY_SHARE = 0.1;
const RATE_SHARE = 0.05;
const FAILURE_POINTS = 0.001;

// Under five, the median of a step is little more than any one of its requests.
const LEAST_REQUESTS = 5;

/** A quantile needs values beyond it: 1 / (1 - q) requests a step, or a step without a slow request hides that there are some. */
const quantileRule = (name: 'p50' | 'p95' | 'p99', fullStepRequests: number): MetricRule => ({
  worse: 'higher',
  leastRequestsPerStep: LEAST_REQUESTS,
  fullStepRequests,
  statistic: 'shape',
  value: (step, { quantilesOf }) => quantilesOf(step)[name],
  toleratedChange: (beforeMs) => Math.max(LATENCY_FLOOR_MS, LATENCY_SHARE * beforeMs),
  text: (ms) => `${rounded(ms)} ms`,
});

export const METRIC_RULES: Readonly<Record<ComparedMetric, MetricRule>> = {
  requestsPerSec: {
    worse: 'lower',
    // An idle step is a measurement of a rate too. But a count below 100 moves in jumps of over one percent, and 5 % are tolerated.
    leastRequestsPerStep: 0,
    fullStepRequests: 100,
    statistic: 'shape',
    value: (step, { stepSec }) => step.requests / stepSec,
    toleratedChange: (beforeRate) => RATE_SHARE * beforeRate,
    text: (rate) => `${rounded(rate)} requests/s`,
  },
  failureRatio: {
    worse: 'higher',
    leastRequestsPerStep: LEAST_REQUESTS,
    fullStepRequests: LEAST_REQUESTS,
    statistic: 'totals',
    value: (step) => (step.requests === 0 ? null : step.failures / step.requests),
    toleratedChange: () => FAILURE_POINTS,
    text: (ratio) => `${rounded(100 * ratio)} percentage points`,
  },
  p50Ms: quantileRule('p50', LEAST_REQUESTS),
  p95Ms: quantileRule('p95', 20),
  p99Ms: quantileRule('p99', 100),
};

/** Two significant digits: no verdict turns on a third. */
function rounded(amount: number): string {
  return String(Number(amount.toPrecision(2)));
}
