import { COMPARED_METRICS, PHASES } from '#contracts';
import type { ComparedMetric, EdgeComparison, EdgeKey, EdgePoint, MetricComparison, Phase, PhaseWindow, Shift } from '#contracts';
import { adjustForFamily } from './benjamini-hochberg.js';
import { EdgeTimeline, mergeSteps, quantileReader } from './edge-seconds.js';
import type { EdgeSecondRecord, QuantilesOf, SketchOps, Step } from './edge-seconds.js';
import { judge } from './judge.js';
import { measureChange } from './measure-change.js';
import type { Measured } from './measure-change.js';
import { METRIC_RULES } from './metric-rules.js';
import { comparedLengthSec } from './phase-windows.js';
import type { PhaseWindows } from './phase-windows.js';

export interface ComparedEdge {
  readonly edge: EdgeKey;
  readonly distance: number;
  /** From the start of `before` to the end of `after`, in any order. */
  readonly seconds: readonly EdgeSecondRecord[];
}
export interface ComparisonInput {
  readonly windows: PhaseWindows;
  readonly edges: readonly ComparedEdge[];
  readonly sketches: SketchOps;
}
type LaterPhase = Exclude<Phase, 'before'>;

/** One edge read once: its steps in each phase. */
interface Reading {
  readonly source: ComparedEdge;
  readonly timeline: EdgeTimeline;
  readonly steps: Readonly<Record<Phase, readonly Step[]>>;
}

/**
 * What a fault did to each edge, against the time before it. A verdict is given once, when its window is complete; all verdicts on one phase are one
 * family, because asking of twenty edges whether anything changed finds something by luck alone.
 */
export function compareEdges({ windows, edges, sketches }: ComparisonInput): EdgeComparison[] {
  const quantilesOf = quantileReader(sketches);
  const readings = edges.map((source) => readEdge(source, windows));
  const during = shiftsOf('during', { readings, windows, quantilesOf });
  const after = shiftsOf('after', { readings, windows, quantilesOf });
  return readings.map(({ source, timeline, steps }, at) => {
    const values = valuesOf(steps, quantilesOf);
    const metrics = COMPARED_METRICS.map((metric, i): MetricComparison => {
      const row = at * COMPARED_METRICS.length + i;
      return { metric, values: values[metric], during: during[row]!, after: after[row]! };
    });
    return { edge: source.edge, distance: source.distance, metrics, series: pointsOf(timeline, { windows, quantilesOf }) };
  });
}

function readEdge(source: ComparedEdge, windows: PhaseWindows): Reading {
  const timeline = new EdgeTimeline(source.seconds);
  const steps = (window: PhaseWindow | null): readonly Step[] => (window ? timeline.seconds(window).map(({ step }) => step) : []);
  return { source, timeline, steps: { before: steps(windows.before), during: steps(windows.during), after: steps(windows.after) } };
}

/** One shift for each edge and metric, edge by edge. */
function shiftsOf(phase: LaterPhase, { readings, windows, quantilesOf }: { readings: readonly Reading[]; windows: PhaseWindows; quantilesOf: QuantilesOf }): Shift[] {
  const unready = whyUnready(phase, windows);
  const measured = readings.flatMap(({ steps }) =>
    COMPARED_METRICS.map((metric): Measured => {
      if (unready) return { evidence: { kind: 'missing', why: unready }, toleratedChange: 0 };
      return measureChange(METRIC_RULES[metric], { before: steps.before, phase: steps[phase] }, quantilesOf);
    }),
  );
  const adjusted = adjustedOf(measured);
  return measured.map(({ evidence, toleratedChange }, row) => {
    const { worse, text } = METRIC_RULES[COMPARED_METRICS[row % COMPARED_METRICS.length]!];
    return judge(evidence, { worse, toleratedChange, text, adjustedP: adjusted.get(row) ?? 1 });
  });
}

/** By row, for the rows that were tested. */
function adjustedOf(measured: readonly Measured[]): ReadonlyMap<number, number> {
  const tested = measured.flatMap(({ evidence }, row) => (evidence.kind === 'tested' ? [{ row, p: evidence.p }] : []));
  const adjusted = adjustForFamily(tested.map(({ p }) => p));
  return new Map(tested.map(({ row }, i) => [row, adjusted[i]!]));
}

/** Judging a window that still fills means judging again and again, and one of the answers is wrong by luck (experiments are stopped by guards instead). */
function whyUnready(phase: LaterPhase, windows: PhaseWindows): string | null {
  const window = windows[phase];
  if (window?.complete) return null;
  if (!windows.before) return 'The fault has not been applied.';
  if (!windows.before.complete) return phase === 'during' ? 'The fault still runs: it is judged once, when it has ended.' : 'The fault still runs.';
  if (phase === 'during') return window ? 'The last seconds are still being recorded.' : 'The fault was too short to leave whole seconds to compare.';
  const leftSec = comparedLengthSec(windows.during) - (window ? window.toSec - window.fromSec : 0);
  return `The window after the fault is still filling: about ${leftSec} more seconds are needed.`;
}

function valuesOf(steps: Readonly<Record<Phase, readonly Step[]>>, quantilesOf: QuantilesOf): Readonly<Record<ComparedMetric, Readonly<Record<Phase, number | null>>>> {
  const whole = { before: phaseValues(steps.before, quantilesOf), during: phaseValues(steps.during, quantilesOf), after: phaseValues(steps.after, quantilesOf) };
  const of = (metric: ComparedMetric): Readonly<Record<Phase, number | null>> => ({ before: whole.before[metric], during: whole.during[metric], after: whole.after[metric] });
  return { requestsPerSec: of('requestsPerSec'), failureRatio: of('failureRatio'), p50Ms: of('p50Ms'), p95Ms: of('p95Ms'), p99Ms: of('p99Ms') };
}

function phaseValues(steps: readonly Step[], quantilesOf: QuantilesOf): Readonly<Record<ComparedMetric, number | null>> {
  const whole = mergeSteps(steps);
  const value = (metric: ComparedMetric): number | null => (steps.length === 0 ? null : METRIC_RULES[metric].value(whole, { stepSec: steps.length, quantilesOf }));
  return { requestsPerSec: value('requestsPerSec'), failureRatio: value('failureRatio'), p50Ms: value('p50Ms'), p95Ms: value('p95Ms'), p99Ms: value('p99Ms') };
}

/** Every second from the first window to the last, the changes between them included: a drawing shows what no test may use. */
function pointsOf(timeline: EdgeTimeline, { windows, quantilesOf }: { windows: PhaseWindows; quantilesOf: QuantilesOf }): EdgePoint[] {
  const present = PHASES.flatMap((phase) => windows[phase] ?? []);
  const [first, last] = [present[0], present[present.length - 1]];
  if (!first || !last) return [];
  return timeline.seconds({ fromSec: first.fromSec, toSec: last.toSec }).map(({ sec, step }) => {
    const { p50, p95, p99 } = quantilesOf(step);
    return { sec, requests: step.requests, failures: step.failures, p50Ms: p50, p95Ms: p95, p99Ms: p99 };
  });
}
