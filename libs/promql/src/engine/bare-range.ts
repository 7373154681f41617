import { compareLabels, SAMPLE_KIND, type SampleRun } from '#metrics';
import type { MatrixSelector } from '../ast.js';
import type { RangeWindow } from '../functions/function-kinds.js';
import { QueryError } from '../query-error.js';
import type { Point, QueryValue, RangeSeries } from '../value.js';
import type { Evaluation } from './evaluation.js';
import { subqueryGrid } from './moments.js';
import { evaluateRange, forEachWindow, type RangeExpr } from './range-vector.js';
import { toMatrix } from './result.js';

/** A range vector as the whole of an instant query: samples at their own times, those of a subquery at its steps. */
export async function evaluateBareRange(expr: RangeExpr, evaluation: Evaluation): Promise<QueryValue> {
  if (expr.type === 'matrix-selector') return { type: 'matrix', series: await selectedSeries(expr, evaluation) };
  const inner = evaluation.over(subqueryGrid(expr, evaluation.grid, evaluation.query));
  return { type: 'matrix', series: toMatrix(await inner.vector(expr.expr), inner) };
}

async function selectedSeries(selector: MatrixSelector, evaluation: Evaluation): Promise<RangeSeries[]> {
  const range = await evaluateRange(selector, evaluation);
  const series: RangeSeries[] = [];
  for (const source of range.sources) {
    forEachWindow(source, range, evaluation, (window) => {
      const points = range.extension === 'none' ? pointsIn(window) : boundedPoints(window);
      evaluation.query.budget.hold(points.length);
      if (points.length > 0) series.push({ labels: source.labels, points });
    });
  }
  return series.sort((a, b) => compareLabels(a.labels, b.labels));
}

function pointsIn({ run, first, end }: RangeWindow): Point[] {
  const points: Point[] = [];
  for (let i = first; i < end; i++) {
    const value = run.kinds?.[i] === SAMPLE_KIND.histogram ? run.histograms![i]! : run.values[i]!;
    points.push({ timeMs: run.timesMs[i]!, value });
  }
  return points;
}

/** With an extension a window begins and ends with a sample at its very bounds: the nearest one, or what lies on the line to the one beyond. */
function boundedPoints(window: RangeWindow): Point[] {
  const { run, first, end, startMs, endMs, extension } = window;
  if (run.kinds?.subarray(first, end).includes(SAMPLE_KIND.histogram) === true) throw new QueryError('execution', `${extension} modifier is not supported with histograms`);
  const last = end - 1;
  if (run.timesMs[last]! <= startMs) return [];
  const left = extension === 'smoothed' && run.timesMs[first]! < startMs ? valueAt(run, first, startMs) : run.values[first]!;
  const right = extension === 'smoothed' && run.timesMs[last]! > endMs && last > first ? valueAt(run, last - 1, endMs) : run.values[last]!;
  const inner = pointsIn(window).filter(({ timeMs }) => timeMs > startMs && timeMs < endMs);
  return [{ timeMs: startMs, value: left }, ...inner, { timeMs: endMs, value: right }];
}

/** On the line from sample `i` to the next. */
function valueAt({ timesMs, values }: SampleRun, i: number, timeMs: number): number {
  return values[i]! + ((values[i + 1]! - values[i]!) * (timeMs - timesMs[i]!)) / (timesMs[i + 1]! - timesMs[i]!);
}
