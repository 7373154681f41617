import { printExpr, type Expr } from '#promql';

const MAX_LINE_LENGTH = 100;
const INDENT = '  ';

/** The canonical text of an expression; what is longer than a line is broken up, its parts indented. */
export function prettyQuery(expr: Expr, level = 0): string {
  const text = printExpr(expr);
  const indent = INDENT.repeat(level);
  if (text.length <= MAX_LINE_LENGTH) return indent + text;
  switch (expr.type) {
    case 'number':
    case 'string':
    case 'vector-selector':
    case 'matrix-selector':
      return indent + text;
    case 'paren':
      return bracketed(indent, '(', [expr.expr], level);
    case 'unary':
      return `${indent}${expr.operator}${prettyQuery(expr.expr, level).trim()}`;
    case 'call':
      return bracketed(indent, `${expr.function}(`, expr.args, level);
    case 'aggregate': {
      const parts = expr.param === null ? [expr.expr] : [expr.param, expr.expr];
      return bracketed(indent, text.slice(0, -`${parts.map(printExpr).join(', ')})`.length), parts, level);
    }
    case 'binary': {
      const operator = text.slice(printExpr(expr.left).length, -printExpr(expr.right).length).trim();
      return `${prettyQuery(expr.left, level + 1)}\n${indent}${operator}\n${prettyQuery(expr.right, level + 1)}`;
    }
    case 'subquery':
      return prettyQuery(expr.expr, level) + text.slice(printExpr(expr.expr).length);
  }
}

/** `opening` up to and with its bracket, then each part on lines of its own. */
function bracketed(indent: string, opening: string, parts: readonly Expr[], level: number): string {
  return `${indent}${opening}\n${parts.map((part) => prettyQuery(part, level + 1)).join(',\n')}\n${indent})`;
}
