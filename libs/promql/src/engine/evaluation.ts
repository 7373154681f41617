import type { SeriesData } from '#metrics';
import type { Call, Expr, VectorSelector } from '../ast.js';
import type { EngineOptions, EvaluationGrid } from '../engine-options.js';
import type { Annotations } from './annotations.js';
import type { Budget } from './budget.js';
import type { Column } from './columns.js';

export interface EvaluateOptions extends EngineOptions {
  /** At one moment, which gives whatever kind of value the expression has; otherwise over a range, which gives a matrix. */
  readonly instant: boolean;
  /** The text that was parsed: warnings and infos say where in it they arose. */
  readonly query: string;
  /** Gives the rest of the process a turn, now and then during long work; afterwards `signal` is looked at. */
  readonly nextTurn?: () => Promise<void>;
}

/** An expression's value at every step of a grid. */
export type Evaluated =
  | { readonly type: 'scalar'; readonly values: Float64Array }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'vector'; readonly columns: readonly Column[] };

/** The series that each selector, and each call of info() for itself, finds: read before anything is evaluated. */
export type SelectedSeries = ReadonlyMap<VectorSelector | Call, readonly SeriesData[]>;

/** What holds for the whole of one query. */
export interface Query {
  readonly grid: EvaluationGrid;
  readonly options: EvaluateOptions;
  readonly series: SelectedSeries;
  readonly annotations: Annotations;
  readonly budget: Budget;
}

/** Evaluates expressions over one grid: the query's own, a subquery's, or the single step of what no step changes. */
export interface Evaluation {
  readonly query: Query;
  readonly grid: EvaluationGrid;
  readonly steps: number;
  timeMs(step: number): number;
  evaluate(expr: Expr): Promise<Evaluated>;
  vector(expr: Expr): Promise<readonly Column[]>;
  scalar(expr: Expr): Promise<Float64Array>;
  over(grid: EvaluationGrid): Evaluation;
}
