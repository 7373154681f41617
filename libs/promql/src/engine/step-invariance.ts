import type { Expr } from '../ast.js';
import { withoutParens } from './expressions.js';

// Their results depend on when they are evaluated, whatever they are given.
const TIME_DEPENDENT: ReadonlySet<string> = new Set([
  'days_in_month', 'day_of_month', 'day_of_week', 'day_of_year', 'hour', 'minute', 'month', 'year', 'predict_linear', 'time', 'timestamp',
]);

const known = new WeakMap<Expr, boolean>();

/** True when every step gives the same value, so that one evaluation will do. As in Prometheus, an aggregation's parameter is not looked at. */
export function isStepInvariant(expr: Expr): boolean {
  let invariant = known.get(expr);
  if (invariant === undefined) {
    invariant = decide(expr);
    known.set(expr, invariant);
  }
  return invariant;
}

function decide(expr: Expr): boolean {
  switch (expr.type) {
    case 'number':
    case 'string':
      return true;
    case 'vector-selector':
      return expr.at !== null;
    case 'matrix-selector':
      return expr.vector.at !== null;
    case 'subquery':
      return expr.at !== null;
    case 'paren':
    case 'unary':
    case 'aggregate':
      return isStepInvariant(expr.expr);
    case 'binary':
      return isStepInvariant(expr.left) && isStepInvariant(expr.right);
    case 'call':
      return expr.args.every(isStepInvariant) && (!TIME_DEPENDENT.has(expr.function) || isPinnedTimestamp(expr.function, expr.args));
  }
}

/** timestamp() of a selector is the time of its sample. */
function isPinnedTimestamp(name: string, args: readonly Expr[]): boolean {
  return name === 'timestamp' && args.every((arg) => withoutParens(arg).type === 'vector-selector');
}
