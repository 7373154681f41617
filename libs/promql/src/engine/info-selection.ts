import { METRIC_NAME, type Matcher } from '#metrics';
import type { Call, Expr } from '../ast.js';
import { durationMs } from '../duration.js';
import type { EvaluationGrid } from '../engine-options.js';
import { partsOf } from './expressions.js';
import { atMs, type Moments } from './moments.js';

const TARGET_INFO: Matcher = { name: METRIC_NAME, operator: '=', value: 'target_info' };
const ANY_INFO: Matcher = { name: METRIC_NAME, operator: '=~', value: '.+_info' };

/** What info() is told to look for: the matchers of its second argument. */
export function infoArgument(call: Call): readonly Matcher[] {
  const selector = call.args[1];
  return selector?.type === 'vector-selector' ? selector.matchers : [];
}

/** Which metrics give the labels: target_info unless named; those that end in _info when only excluded names are given. */
export function infoNameMatchers(call: Call): readonly Matcher[] {
  const named = infoArgument(call).filter((matcher) => matcher.name === METRIC_NAME);
  if (named.length === 0) return [TARGET_INFO];
  return named.some(({ operator }) => operator === '=' || operator === '=~') ? named : [ANY_INFO, ...named];
}

export function infoDataMatchers(call: Call): readonly Matcher[] {
  return infoArgument(call).filter((matcher) => matcher.name !== METRIC_NAME);
}

export function infoMatchers(call: Call): readonly Matcher[] {
  return [...infoDataMatchers(call), ...infoNameMatchers(call)];
}

/** Info series are looked at when the first selector of the first argument is: its `@` and offset hold for them too. */
export function infoMoments(call: Call, grid: EvaluationGrid, queryGrid: EvaluationGrid): Moments {
  const shift = shiftOfFirstSelector(call.args[0]!, queryGrid) ?? { atMs: null, offsetMs: 0 };
  if (shift.atMs === null) return { startMs: grid.startMs - shift.offsetMs, stepMs: grid.stepMs };
  return { startMs: shift.atMs - shift.offsetMs, stepMs: 0 };
}

interface Shift {
  readonly atMs: number | null;
  readonly offsetMs: number;
}

/** The subqueries around a selector shift it further, until one of them is pinned by an `@`. */
function shiftOfFirstSelector(expr: Expr, queryGrid: EvaluationGrid): Shift | null {
  if (expr.type === 'vector-selector') return ownShift(expr, queryGrid);
  for (const part of partsOf(expr)) {
    const inner = shiftOfFirstSelector(part, queryGrid);
    if (inner === null) continue;
    if (expr.type !== 'subquery' || inner.atMs !== null) return inner;
    const own = ownShift(expr, queryGrid);
    return { atMs: own.atMs, offsetMs: inner.offsetMs + own.offsetMs };
  }
  return null;
}

function ownShift({ at, offset }: Extract<Expr, { readonly type: 'vector-selector' | 'subquery' }>, queryGrid: EvaluationGrid): Shift {
  return { atMs: at === null ? null : atMs(at, queryGrid), offsetMs: offset === null ? 0 : durationMs(offset, queryGrid) };
}
