import type { Expr, VectorSelector } from '#promql';

/** Every selector of a query, from left to right; that of info()'s second argument among them. */
export function selectorsOf(expr: Expr): readonly VectorSelector[] {
  switch (expr.type) {
    case 'number':
    case 'string':
      return [];
    case 'vector-selector':
      return [expr];
    case 'matrix-selector':
      return [expr.vector];
    case 'paren':
    case 'unary':
    case 'subquery':
      return selectorsOf(expr.expr);
    case 'aggregate':
      return [...(expr.param === null ? [] : selectorsOf(expr.param)), ...selectorsOf(expr.expr)];
    case 'binary':
      return [...selectorsOf(expr.left), ...selectorsOf(expr.right)];
    case 'call':
      return expr.args.flatMap(selectorsOf);
  }
}
