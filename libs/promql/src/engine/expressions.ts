import type { Expr } from '../ast.js';

/** The expressions directly within one. */
export function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.type) {
    case 'number':
    case 'string':
    case 'vector-selector':
      return [];
    case 'matrix-selector':
      return [expr.vector];
    case 'subquery':
    case 'paren':
    case 'unary':
      return [expr.expr];
    case 'call':
      return expr.args;
    case 'aggregate':
      return expr.param === null ? [expr.expr] : [expr.param, expr.expr];
    case 'binary':
      return [expr.left, expr.right];
  }
}

export function withoutParens(expr: Expr): Expr {
  let inner = expr;
  while (inner.type === 'paren') inner = inner.expr;
  return inner;
}
