import { mergeSteps } from './edge-seconds.js';
import type { QuantilesOf, Step } from './edge-seconds.js';
import { PairwiseShift } from './hodges-lehmann.js';
import type { Interval } from './hodges-lehmann.js';
import type { Evidence } from './judge.js';
import { mannWhitney } from './mann-whitney.js';
import type { MetricRule } from './metric-rules.js';
import { normalQuantile } from './normal.js';
import { proportionShift } from './proportion-shift.js';
import { median, stepsOf } from './step-size.js';
import type { StepPair } from './step-size.js';
import { varianceInflation } from './variance-inflation.js';
import type { Series } from './variance-inflation.js';
import { whyMissing, whySparse } from './why-missing.js';

const Z95 = normalQuantile(0.975);
const Z90 = normalQuantile(0.95);

export interface Measured {
  readonly evidence: Evidence;
  readonly toleratedChange: number;
}
interface Test {
  readonly shift: number;
  readonly p: number;
  readonly interval95: Interval | null;
  readonly interval90: Interval | null;
}

/** The change of one metric from the seconds before to those of a phase. */
export function measureChange(rule: MetricRule, windows: { before: readonly Step[]; phase: readonly Step[] }, quantilesOf: QuantilesOf): Measured {
  const pair = stepsOf(windows.before, windows.phase, rule.fullStepRequests);
  const read = (steps: readonly Step[], stepSec: number): Series => steps.map((step) => rule.value(step, { stepSec, quantilesOf }));
  const before = read(pair.before, pair.stepSec);
  const phase = read(pair.phase, pair.stepSec);
  const whole = (steps: readonly Step[]): number | null => rule.value(mergeSteps(steps), { stepSec: steps.length, quantilesOf });
  const wholeShift = (): number => difference(whole(windows.phase), whole(windows.before));
  const toleratedChange = rule.toleratedChange(median(present(before)) ?? 0);
  return { evidence: evidenceOf({ rule, pair, before, phase, toleratedChange, wholeShift }), toleratedChange };
}

interface Readings {
  readonly rule: MetricRule;
  readonly pair: StepPair;
  readonly before: Series;
  readonly phase: Series;
  readonly toleratedChange: number;
  /** Merges both windows, so it is asked only when needed. */
  readonly wholeShift: () => number;
}

function evidenceOf({ rule, pair, before, phase, toleratedChange, wholeShift }: Readings): Evidence {
  const x = present(phase);
  const y = present(before);
  const points = Math.min(x.length, y.length);
  const why = whyMissing(rule, pair, points);
  if (why) return { kind: 'missing', why };
  if (toleratedChange === 0) return { kind: 'missing', why: 'Most points before the fault have no request, so there is no rate to compare with.' };
  const isSparse = rule.leastRequestsPerStep > 0 && pair.medianRequests < rule.fullStepRequests;
  const sparse = isSparse ? { why: whySparse(rule.fullStepRequests, pair), wholeShift: wholeShift() } : null;
  if (isConstant(x) && isConstant(y)) return sparse ? { kind: 'missing', why: sparse.why } : { kind: 'constant', shift: x[0]! - y[0]! };
  const memory = varianceInflation(phase, before);
  const test = rule.statistic === 'totals' ? byTotals(pair, memory.vif) : byShape(x, y, memory.vif);
  return { kind: 'tested', ...test, ...memory, points, stepSec: pair.stepSec, standardDeviation: deviationOf(x, y), sparse };
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

function difference(phase: number | null, before: number | null): number {
  return phase === null || before === null ? 0 : phase - before;
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
