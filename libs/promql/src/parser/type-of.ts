import type { Expr, ValueType } from '../ast.js';
import { isFunctionName, SIGNATURES } from '../functions/signatures.js';

/** What `expr` gives. The tree below a binary operation decides whether it is a scalar. */
export function typeOf(expr: Expr): ValueType {
  switch (expr.type) {
    case 'number':
      return 'scalar';
    case 'string':
      return 'string';
    case 'vector-selector':
    case 'aggregate':
      return 'vector';
    case 'matrix-selector':
    case 'subquery':
      return 'matrix';
    case 'paren':
    case 'unary':
      return typeOf(expr.expr);
    case 'binary':
      return typeOf(expr.left) === 'scalar' && typeOf(expr.right) === 'scalar' ? 'scalar' : 'vector';
    case 'call':
      return isFunctionName(expr.function) ? SIGNATURES[expr.function].returns : 'vector';
  }
}
