import type { Step } from './edge-seconds.js';
import type { MetricRule } from './metric-rules.js';
import { MIN_POINTS } from './step-size.js';
import type { StepPair } from './step-size.js';

/** What is missing to ask for a change at all, in words; null when nothing is. `points` have a value in both windows. */
export function whyMissing(rule: MetricRule, pair: StepPair, points: number): string | null {
  const steps = Math.min(pair.before.length, pair.phase.length);
  if (steps === 0) return 'Nothing was recorded in one of the two windows.';
  if (steps < MIN_POINTS) return `The window has ${steps * pair.stepSec} s of data: ${(MIN_POINTS - steps) * pair.stepSec} more seconds are needed.`;
  if (poorerRequests(pair) === 0 && rule.leastRequestsPerStep > 0) return 'There was no request in one of the two windows.';
  if (pair.medianRequests < rule.leastRequestsPerStep) return whySparse(rule.leastRequestsPerStep, pair);
  if (points < MIN_POINTS) return `Only ${points} of ${steps} points have a value, and ${MIN_POINTS} are the least to judge by.`;
  return null;
}

/** Needs a request in both windows. */
export function whySparse(requestsPerStep: number, pair: StepPair): string {
  const { before, phase, stepSec } = pair;
  const haveSec = Math.min(before.length, phase.length) * stepSec;
  // The next step size must fit 20 times, whatever the mean rate promises: requests may come in bursts.
  const needSec = Math.max(Math.ceil((MIN_POINTS * requestsPerStep * haveSec) / poorerRequests(pair)), 2 * MIN_POINTS * stepSec);
  return `Too few requests: it takes ${MIN_POINTS} points of ${requestsPerStep} requests each, which at this rate is about ${needSec - haveSec} more seconds.`;
}

function poorerRequests({ before, phase }: StepPair): number {
  return Math.min(requestsIn(before), requestsIn(phase));
}

function requestsIn(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + step.requests, 0);
}
