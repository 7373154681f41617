import { groupSteps } from './edge-seconds.js';
import type { Step } from './edge-seconds.js';

// Under 20 points the normal approximation of the rank test and the estimate of a series' memory are both too rough for a verdict.
export const MIN_POINTS = 20;

export interface StepPair {
  readonly stepSec: number;
  readonly before: readonly Step[];
  readonly phase: readonly Step[];
  /** Requests in the median step of the poorer window. */
  readonly medianRequests: number;
}

/** Doubles the step until the median step of both windows has `fullStepRequests`, and stops before a window would have fewer than 20. */
export function stepsOf(before: readonly Step[], phase: readonly Step[], fullStepRequests: number): StepPair {
  for (let stepSec = 1; ; stepSec *= 2) {
    const pair = { stepSec, before: groupSteps(before, stepSec), phase: groupSteps(phase, stepSec) };
    const medianRequests = Math.min(medianRequestsOf(pair.before), medianRequestsOf(pair.phase));
    const canGrow = Math.min(before.length, phase.length) >= 2 * stepSec * MIN_POINTS;
    if (medianRequests >= fullStepRequests || !canGrow) return { ...pair, medianRequests };
  }
}

function medianRequestsOf(steps: readonly Step[]): number {
  return median(steps.map((step) => step.requests)) ?? 0;
}

/** Null of nothing. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}
