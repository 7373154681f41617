import { METRIC_NAME, SAMPLE_KIND, type Histogram, type Labels, type SampleRun } from '#metrics';
import type { Expr, Extension, MatrixSelector, Subquery } from '../ast.js';
import { positiveDurationMs } from '../duration.js';
import type { RangeWindow } from '../functions/function-kinds.js';
import { CELL, type Column } from './columns.js';
import type { Evaluation } from './evaluation.js';
import { labelValue } from './label-sets.js';
import { momentsOf, subqueryGrid, type Moments } from './moments.js';
import { firstStepAt, SampleCursor, withoutStaleMarkers } from './sample-search.js';

export interface RangeSource {
  readonly labels: Labels;
  readonly dropName: boolean;
  readonly run: SampleRun;
}

/** Series with all their samples, and the windows through which the steps look at them. */
export interface RangeVector {
  readonly sources: readonly RangeSource[];
  readonly moments: Moments;
  readonly rangeMs: number;
  readonly extension: Extension;
  readonly lookbackMs: number;
}

export type RangeExpr = MatrixSelector | Subquery;

export function isRange(expr: Expr): expr is RangeExpr {
  return expr.type === 'matrix-selector' || expr.type === 'subquery';
}

export async function evaluateRange(expr: RangeExpr, evaluation: Evaluation): Promise<RangeVector> {
  return expr.type === 'matrix-selector' ? selectedRange(expr, evaluation) : subqueryRange(expr, evaluation);
}

function selectedRange({ vector, range }: MatrixSelector, { grid, query }: Evaluation): RangeVector {
  const sources = (query.series.get(vector) ?? []).map(({ labels, samples }) => ({ labels, dropName: false, run: withoutStaleMarkers(samples) }));
  const moments = momentsOf(vector, grid, query.grid);
  return { sources, moments, rangeMs: positiveDurationMs(range, query.grid), extension: vector.extension, lookbackMs: query.options.lookbackMs };
}

async function subqueryRange(subquery: Subquery, evaluation: Evaluation): Promise<RangeVector> {
  const { grid, query } = evaluation;
  const inner = evaluation.over(subqueryGrid(subquery, grid, query));
  const columns = await inner.vector(subquery.expr);
  const sources = columns.map((column) => ({ labels: column.labels, dropName: column.dropName, run: toRun(column, inner) }));
  return { sources, moments: momentsOf(subquery, grid, query.grid), rangeMs: positiveDurationMs(subquery.range, query.grid), extension: 'none', lookbackMs: query.options.lookbackMs };
}

function toRun(column: Column, evaluation: Evaluation): SampleRun {
  const { from, values, kinds } = column;
  if (kinds === null) return { timesMs: values.map((_, i) => evaluation.timeMs(from + i)), values, kinds: null, histograms: null, startsMs: null };
  const kept: number[] = [];
  for (let i = 0; i < kinds.length; i++) if (kinds[i] !== CELL.none) kept.push(i);
  const histograms = column.histograms;
  return {
    timesMs: Float64Array.from(kept, (i) => evaluation.timeMs(from + i)),
    values: Float64Array.from(kept, (i) => values[i]!),
    kinds: histograms === null ? null : Uint8Array.from(kept, (i) => (kinds[i] === CELL.float ? SAMPLE_KIND.float : SAMPLE_KIND.histogram)),
    histograms: histograms === null ? null : kept.map((i) => forgetReset(histograms[i]!)),
    startsMs: null,
  };
}

/** A subquery may miss the sample that was reset, or show it several times: what the hint says of the sample before is no longer true. */
function forgetReset(histogram: Histogram | null): Histogram | null {
  return histogram?.resetHint === 'reset' || histogram?.resetHint === 'not-reset' ? { ...histogram, resetHint: 'unknown' } : histogram;
}

/** Calls `visit` for each step whose window holds samples. The window is the same object each time, moved on. */
export function forEachWindow(source: RangeSource, range: RangeVector, evaluation: Evaluation, visit: (window: RangeWindow, step: number) => void): void {
  const { timesMs } = source.run;
  if (timesMs.length === 0) return;
  const { moments, rangeMs, extension, lookbackMs } = range;
  const aheadMs = extension === 'smoothed' ? lookbackMs : 0;
  const window = { run: source.run, first: 0, end: 0, startMs: 0, endMs: 0, timeMs: 0, extension, metricName: labelValue(source.labels, METRIC_NAME) };
  const starts = new SampleCursor(timesMs);
  const ends = new SampleCursor(timesMs);
  let step = firstStepAt(moments, timesMs[0]! - aheadMs);
  while (step < evaluation.steps) {
    const endMs = moments.startMs + step * moments.stepMs;
    const startMs = endMs - rangeMs;
    const before = starts.countUntil(startMs);
    const until = ends.countUntil(endMs);
    window.startMs = startMs;
    window.endMs = endMs;
    window.timeMs = evaluation.timeMs(step);
    window.first = extension !== 'none' && before > 0 && timesMs[before - 1]! > startMs - lookbackMs ? before - 1 : before;
    window.end = extension === 'smoothed' && reachesAhead(timesMs, until, endMs, lookbackMs) ? until + 1 : until;
    if (window.first < window.end) visit(window, step++);
    else if (until === timesMs.length) return;
    else step = Math.max(step + 1, firstStepAt(moments, timesMs[until]! - aheadMs));
  }
}

/** A smoothed window ends with the first sample at or after its end. */
function reachesAhead(timesMs: Float64Array, until: number, endMs: number, lookbackMs: number): boolean {
  const endsOnSample = until > 0 && timesMs[until - 1] === endMs;
  return !endsOnSample && until < timesMs.length && timesMs[until]! <= endMs + lookbackMs;
}
