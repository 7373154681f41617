import type { SketchOps, Step } from './edge-seconds.js';
import { PairwiseShift } from './hodges-lehmann.js';
import type { Interval } from './hodges-lehmann.js';
import type { Evidence } from './judge.js';
import { mannWhitney } from './mann-whitney.js';
import type { MetricRule } from './metric-rules.js';
import { normalQuantile } from './normal.js';
import { proportionShift } from './proportion-shift.js';
import { MIN_POINTS, median, stepsOf } from './step-size.js';
import type { StepPair } from './step-size.js';
import { varianceInflation } from './variance-inflation.js';
import type { Series } from './variance-inflation.js';

const Z95 = normalQuantile(0.975);
const Z90 = normalQuantile(0.95);

export interface Measured {
  readonly evidence: Evidence;
  readonly toleratedChange: number;
}
interface Points {
  readonly before: Series;
  readonly phase: Series;
}

/** The change of one metric from the seconds before to those of a phase. */
export function measureChange(rule: MetricRule, windows: { before: readonly Step[]; phase: readonly Step[] }, sketches: SketchOps): Measured {
  const pair = stepsOf(windows.before, windows.phase, rule.requestsPerStep);
  const read = (steps: readonly Step[]): Series => steps.map((step) => rule.value(step, { stepSec: pair.stepSec, sketches }));
  const points = { before: read(pair.before), phase: read(pair.phase) };
  const toleratedChange = rule.toleratedChange(median(present(points.before)) ?? 0);
  return { evidence: evidenceOf(rule, pair, points), toleratedChange };
}

function evidenceOf(rule: MetricRule, pair: StepPair, points: Points): Evidence {
  const x = present(points.phase);
  const y = present(points.before);
  const why = whyMissing(rule, pair, points);
  if (why) return { kind: 'missing', why };
  if (isConstant(x) && isConstant(y)) return { kind: 'constant', shift: x[0]! - y[0]! };
  const memory = varianceInflation(points.phase, points.before);
  const test = rule.statistic === 'totals' ? byTotals(pair, memory.vif) : byShape(x, y, memory.vif);
  return { kind: 'tested', ...test, ...memory, points: Math.min(x.length, y.length), stepSec: pair.stepSec, standardDeviation: deviationOf(x, y) };
}

interface Test {
  readonly shift: number;
  readonly p: number;
  readonly interval95: Interval | null;
  readonly interval90: Interval | null;
}

function byShape(x: readonly number[], y: readonly number[], vif: number): Test {
  const differences = new PairwiseShift(x, y);
  const at = (z: number): Interval | null => differences.interval({ z, vif });
  return { shift: differences.estimate(), p: mannWhitney(x, y, vif).p, interval95: at(Z95), interval90: at(Z90) };
}

function byTotals({ phase, before }: StepPair, vif: number): Test {
  const tallies = (steps: readonly Step[]): { hits: number; total: number }[] => steps.map(({ failures, requests }) => ({ hits: failures, total: requests }));
  const { shift, p, interval } = proportionShift(tallies(phase), tallies(before), vif);
  return { shift, p, interval95: interval(Z95), interval90: interval(Z90) };
}

/** What is missing for a verdict, in words; null when nothing is. */
function whyMissing(rule: MetricRule, pair: StepPair, points: Points): string | null {
  const steps = Math.min(pair.before.length, pair.phase.length);
  if (steps === 0) return 'Nothing was recorded in one of the two windows.';
  if (steps < MIN_POINTS) return `The window has ${steps} s of data: ${MIN_POINTS - steps} more seconds are needed.`;
  const requests = Math.min(requestsIn(pair.before), requestsIn(pair.phase));
  if (requests === 0 && rule.needsFullSteps) return 'There was no request in one of the two windows.';
  if (!pair.fullSteps && rule.needsFullSteps) return whySparse(rule.requestsPerStep, pair, requests / (steps * pair.stepSec));
  const measured = Math.min(present(points.before).length, present(points.phase).length);
  if (measured < MIN_POINTS) return `Only ${measured} of ${steps} points have a value, and ${MIN_POINTS} are the least to judge by.`;
  return null;
}

function whySparse(requestsPerStep: number, { before, phase, stepSec }: StepPair, requestsPerSec: number): string {
  const haveSec = Math.min(before.length, phase.length) * stepSec;
  // The next step size must fit 20 times, whatever the mean rate promises: requests may come in bursts.
  const needSec = Math.max(Math.ceil((MIN_POINTS * requestsPerStep) / requestsPerSec), 2 * MIN_POINTS * stepSec);
  return `Too few requests: ${MIN_POINTS} points of ${requestsPerStep} each are the least to judge by, which at this rate takes about ${needSec - haveSec} more seconds.`;
}

function requestsIn(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + step.requests, 0);
}

function present(series: Series): number[] {
  return series.filter((value) => value !== null);
}

function isConstant(values: readonly number[]): boolean {
  return values.every((value) => value === values[0]);
}

function deviationOf(x: readonly number[], y: readonly number[]): number {
  const squares = (values: readonly number[]): number => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  };
  return Math.sqrt((squares(x) + squares(y)) / (x.length + y.length - 2));
}
