import type { Matcher, SeriesData, SeriesReader } from '#metrics';
import type { Call, Expr, MatrixSelector, Subquery, VectorSelector } from '../ast.js';
import { positiveDurationMs } from '../duration.js';
import type { EvaluationGrid } from '../engine-options.js';
import { endedBy } from './budget.js';
import type { EvaluateOptions, SelectedSeries } from './evaluation.js';
import { groupBy } from './group-by.js';
import { selectorsWithoutBuckets, withoutBuckets } from './histogram-statistics.js';
import { infoMatchers, infoMoments } from './info-selection.js';
import { momentsOf, stepCount, subqueryGrid, type Moments } from './moments.js';

interface Scope {
  readonly grid: EvaluationGrid;
  readonly options: EvaluateOptions;
}

interface Wish {
  readonly node: VectorSelector | Call;
  readonly matchers: readonly Matcher[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs: number;
  readonly function: string | null;
}

/** Reads what the whole query will look at, each distinct selector once. */
export async function selectSeries(expr: Expr, scope: Scope, reader: SeriesReader): Promise<SelectedSeries> {
  const wishes: Wish[] = [];
  collect(expr, scope.grid, null, { scope, wishes });
  const found = new Map<VectorSelector | Call, readonly SeriesData[]>();
  const bare: ReadonlySet<VectorSelector | Call> = new Set(selectorsWithoutBuckets(expr));
  await Promise.all(
    together(wishes).map(async (group) => {
      const series = await read(group, scope.options.signal, reader);
      for (const { node } of group) found.set(node, bare.has(node) ? series.map(withoutBuckets) : series);
    }),
  );
  return found;
}

async function read(group: readonly Wish[], signal: AbortSignal, reader: SeriesReader): Promise<readonly SeriesData[]> {
  const [first] = group as readonly [Wish, ...Wish[]];
  const hints = { stepMs: Math.min(...group.map((wish) => wish.stepMs)), function: group.every((wish) => wish.function === first.function) ? first.function : null };
  const query = { matchers: first.matchers, fromMs: first.fromMs, toMs: Math.max(...group.map((wish) => wish.toMs)), hints };
  try {
    return await reader.select(query, signal);
  } catch (error) {
    throw signal.aborted ? endedBy(signal) : error;
  }
}

/** Wishes for the same series whose times overlap; what lies far apart, as this hour and the same a week ago, is read by itself. */
function together(wishes: readonly Wish[]): Wish[][] {
  return [...groupBy(wishes, ({ matchers }) => JSON.stringify(matchers)).values()].flatMap(overlapping);
}

function overlapping(wishes: readonly Wish[]): Wish[][] {
  const groups: Wish[][] = [];
  let toMs = -Infinity;
  for (const wish of wishes.toSorted((a, b) => a.fromMs - b.fromMs)) {
    if (wish.fromMs > toMs) groups.push([wish]);
    else groups.at(-1)!.push(wish);
    toMs = Math.max(toMs, wish.toMs);
  }
  return groups;
}

interface Collected {
  readonly scope: Scope;
  readonly wishes: Wish[];
}

/** `within` names the nearest function or aggregation around the expression, null beyond a binary operator. */
function collect(expr: Expr, grid: EvaluationGrid, within: string | null, into: Collected): void {
  switch (expr.type) {
    case 'number':
    case 'string':
      return;
    case 'vector-selector':
      wishForInstant(expr, grid, within, into);
      return;
    case 'matrix-selector':
      wishForRange(expr, grid, within, into);
      return;
    case 'subquery':
      collectWithinSubquery(expr, grid, within, into);
      return;
    case 'paren':
    case 'unary':
      collect(expr.expr, grid, within, into);
      return;
    case 'aggregate':
      if (expr.param !== null) collect(expr.param, grid, expr.operator, into);
      collect(expr.expr, grid, expr.operator, into);
      return;
    case 'binary':
      collect(expr.left, grid, null, into);
      collect(expr.right, grid, null, into);
      return;
    case 'call':
      if (expr.function === 'info') collectInfo(expr, grid, into);
      else for (const arg of expr.args) collect(arg, grid, expr.function, into);
  }
}

function collectWithinSubquery(subquery: Subquery, grid: EvaluationGrid, within: string | null, into: Collected): void {
  const inner = subqueryGrid(subquery, grid, into.scope);
  if (inner.endMs >= inner.startMs) collect(subquery.expr, inner, within, into);
}

/** The second argument of info() only holds matchers. */
function collectInfo(call: Call, grid: EvaluationGrid, into: Collected): void {
  collect(call.args[0]!, grid, 'info', into);
  const { lookbackMs } = into.scope.options;
  wish({ node: call, matchers: infoMatchers(call), moments: infoMoments(call, grid, into.scope.grid), backMs: lookbackMs, aheadMs: 0 }, grid, 'info', into);
}

function wishForInstant(selector: VectorSelector, grid: EvaluationGrid, within: string | null, into: Collected): void {
  const { lookbackMs } = into.scope.options;
  const moments = momentsOf(selector, grid, into.scope.grid);
  wish({ node: selector, matchers: selector.matchers, moments, backMs: lookbackMs, aheadMs: selector.extension === 'smoothed' ? lookbackMs : 0 }, grid, within, into);
}

function wishForRange({ vector, range }: MatrixSelector, grid: EvaluationGrid, within: string | null, into: Collected): void {
  const { lookbackMs } = into.scope.options;
  const rangeMs = positiveDurationMs(range, into.scope.grid);
  const backMs = vector.extension === 'none' ? rangeMs : rangeMs + lookbackMs;
  const moments = momentsOf(vector, grid, into.scope.grid);
  wish({ node: vector, matchers: vector.matchers, moments, backMs, aheadMs: vector.extension === 'smoothed' ? lookbackMs : 0 }, grid, within, into);
}

interface Reach {
  readonly node: VectorSelector | Call;
  readonly matchers: readonly Matcher[];
  readonly moments: Moments;
  readonly backMs: number;
  readonly aheadMs: number;
}

function wish({ node, matchers, moments, backMs, aheadMs }: Reach, grid: EvaluationGrid, within: string | null, into: Collected): void {
  // Windows are open on the left: a sample just as old as the window is long is out.
  const fromMs = moments.startMs - backMs + 1;
  const toMs = moments.startMs + (stepCount(grid) - 1) * moments.stepMs + aheadMs;
  into.wishes.push({ node, matchers, fromMs, toMs, stepMs: grid.stepMs, function: within });
}
