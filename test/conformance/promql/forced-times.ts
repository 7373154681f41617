import { parseQuery, printExpr } from '#promql';
import type { At, Expr, Subquery, VectorSelector } from '#promql';

/** Their results change with the time of evaluation although no selector does. */
const TIME_DEPENDENT: ReadonlySet<string> = new Set(
  ['days_in_month', 'day_of_month', 'day_of_week', 'day_of_year', 'hour', 'minute', 'month', 'year', 'predict_linear', 'time', 'timestamp', 'start', 'end', 'range', 'step'],
);

export interface QueryAt {
  readonly query: string;
  readonly timeMs: number;
}

/**
 * The same query with every selector pinned to `timeMs` by an `@`, at other times of evaluation: the result must stay the same. Empty when the query
 * depends on the time in other ways.
 */
export function forcedTimes(query: string, timeMs: number): readonly QueryAt[] {
  const expr = parseQuery(query);
  if (callsTimeDependent(expr)) return [];
  const pinned = printExpr(pin(expr, { type: 'time', timeMs }));
  const times = timeMs === 0 ? [-1000, 0, 1000] : [-10 * timeMs, 0, Math.trunc(timeMs / 5), timeMs, 10 * timeMs];
  return times.map((time) => ({ query: pinned, timeMs: time }));
}

/** What is within a subquery moves with it, so only the subquery is pinned. */
function pin(expr: Expr, at: At): Expr {
  const pinned = <T extends VectorSelector | Subquery>(shifted: T): T => (shifted.at?.type === 'time' ? shifted : { ...shifted, at });
  switch (expr.type) {
    case 'vector-selector':
    case 'subquery':
      return pinned(expr);
    case 'matrix-selector':
      return { ...expr, vector: pinned(expr.vector) };
    case 'paren':
    case 'unary':
      return { ...expr, expr: pin(expr.expr, at) };
    case 'call':
      return { ...expr, args: expr.args.map((arg) => pin(arg, at)) };
    case 'aggregate':
      return { ...expr, expr: pin(expr.expr, at), param: expr.param && pin(expr.param, at) };
    case 'binary':
      return { ...expr, left: pin(expr.left, at), right: pin(expr.right, at) };
    case 'number':
    case 'string':
      return expr;
  }
}

/** What stands in a subquery counts only where the subquery is not pinned yet. */
function callsTimeDependent(expr: Expr): boolean {
  switch (expr.type) {
    case 'call':
      return TIME_DEPENDENT.has(expr.function) || expr.args.some(callsTimeDependent);
    case 'paren':
    case 'unary':
      return callsTimeDependent(expr.expr);
    case 'aggregate':
      return callsTimeDependent(expr.expr) || (expr.param !== null && callsTimeDependent(expr.param));
    case 'binary':
      return callsTimeDependent(expr.left) || callsTimeDependent(expr.right);
    default:
      return false;
  }
}
