import type { At, Duration, Subquery } from '../ast.js';
import { durationMs, positiveDurationMs } from '../duration.js';
import type { EngineOptions, EvaluationGrid } from '../engine-options.js';

/** When something is looked at: at `startMs` + step * `stepMs`, with a `stepMs` of 0 where an `@` pins it. */
export interface Moments {
  readonly startMs: number;
  readonly stepMs: number;
}

/** An instant query has one step and a `stepMs` of 0. */
export function stepCount({ startMs, endMs, stepMs }: EvaluationGrid): number {
  if (endMs === startMs) return 1;
  return endMs < startMs ? 0 : Math.floor((endMs - startMs) / stepMs) + 1;
}

/** `queryGrid` is that of the whole query: start(), end(), step() and range() mean it even within a subquery. */
export function momentsOf(shifted: { readonly at: At | null; readonly offset: Duration | null }, grid: EvaluationGrid, queryGrid: EvaluationGrid): Moments {
  const offsetMs = shifted.offset === null ? 0 : durationMs(shifted.offset, queryGrid);
  if (shifted.at === null) return { startMs: grid.startMs - offsetMs, stepMs: grid.stepMs };
  return { startMs: atMs(shifted.at, queryGrid) - offsetMs, stepMs: 0 };
}

export function atMs(at: At, queryGrid: EvaluationGrid): number {
  switch (at.type) {
    case 'time':
      return at.timeMs;
    case 'start':
      return queryGrid.startMs;
    case 'end':
      return queryGrid.endMs;
  }
}

/** The steps of a subquery: the multiples of its step within reach of any step of `grid`. */
export function subqueryGrid(subquery: Subquery, grid: EvaluationGrid, query: { readonly grid: EvaluationGrid; readonly options: EngineOptions }): EvaluationGrid {
  const moments = momentsOf(subquery, grid, query.grid);
  const beforeMs = moments.startMs - positiveDurationMs(subquery.range, query.grid);
  const stepMs = subquery.step === null ? query.options.defaultSubqueryStepMs : positiveDurationMs(subquery.step, query.grid);
  return { startMs: (Math.floor(beforeMs / stepMs) + 1) * stepMs, endMs: moments.startMs + (stepCount(grid) - 1) * moments.stepMs, stepMs };
}
