import type { SeriesReader } from '#metrics';
import type { Expr } from '../ast.js';
import type { EvaluationGrid } from '../engine-options.js';
import { QueryError } from '../query-error.js';
import type { QueryResult, QueryValue } from '../value.js';
import { Annotations } from './annotations.js';
import { Budget } from './budget.js';
import { evaluateBareRange } from './bare-range.js';
import { floatCells, toColumn, type Column } from './columns.js';
import { GridEvaluation } from './evaluate-expression.js';
import type { EvaluateOptions, Evaluated, Evaluation, Query } from './evaluation.js';
import { withoutParens } from './expressions.js';
import { isRange } from './range-vector.js';
import { toMatrix, toVector } from './result.js';
import { selectSeries } from './select-series.js';

/**
 * Evaluates a parsed and checked query. All series are read first; then each expression is worked out over all steps at once. Rejects with
 * QueryError when the query fails, is ended or would hold too many samples, and with the reader's own error when reading fails.
 */
export async function evaluate(expr: Expr, grid: EvaluationGrid, reader: SeriesReader, options: EvaluateOptions): Promise<QueryResult> {
  const budget = new Budget(options.maxSamples, options.signal, options.nextTurn ?? null);
  budget.check();
  const steps = options.instant ? { startMs: grid.startMs, endMs: grid.startMs, stepMs: 0 } : grid;
  const series = await selectSeries(expr, { grid: steps, options }, reader);
  const query: Query = { grid: steps, options, series, annotations: new Annotations(), budget };
  const value = await valueOf(expr, new GridEvaluation(query, steps), options.instant);
  return { value, warnings: query.annotations.warnings(options.query), infos: query.annotations.infos(options.query) };
}

async function valueOf(expr: Expr, evaluation: Evaluation, instant: boolean): Promise<QueryValue> {
  const inner = withoutParens(expr);
  if (isRange(inner)) return evaluateBareRange(inner, evaluation);
  const value = await evaluation.evaluate(expr);
  return instant ? instantValue(value, evaluation) : { type: 'matrix', series: toMatrix(columnsOf(value), evaluation) };
}

/** A scalar over a range is a series without labels. */
function columnsOf(value: Evaluated): readonly Column[] {
  switch (value.type) {
    case 'vector':
      return value.columns;
    case 'scalar':
      return [toColumn([], false, floatCells(0, value.values))];
    case 'string':
      throw new QueryError('bad_data', 'invalid expression type "string" for range query, must be Scalar or instant Vector');
  }
}

function instantValue(value: Evaluated, { grid }: Evaluation): QueryValue {
  const timeMs = grid.startMs;
  switch (value.type) {
    case 'scalar':
      return { type: 'scalar', timeMs, value: value.values[0]! };
    case 'string':
      return { type: 'string', timeMs, value: value.value };
    case 'vector':
      return { type: 'vector', samples: toVector(value.columns, timeMs) };
  }
}
