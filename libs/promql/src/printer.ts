import { METRIC_NAME } from '#metrics';
import type { Matcher } from '#metrics';
import type { Aggregate, At, Binary, Duration, Expr, MatrixSelector, Subquery, VectorSelector } from './ast.js';
import { formatDecimal, formatGeneral } from './parser/go-number.js';
import { quote } from './parser/go-string.js';
import { formatDurationMs } from './parser/number-literal.js';

/** Needs no quotes where a label is named. */
const PLAIN_LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** The canonical text of an expression, as Prometheus prints it: parsed again it gives the same expression. */
export function printExpr(expr: Expr): string {
  switch (expr.type) {
    case 'number':
      return expr.withUnits === true ? printSeconds(expr.value) : formatDecimal(expr.value);
    case 'string':
      return quote(expr.value);
    case 'paren':
      return `(${printExpr(expr.expr)})`;
    case 'unary':
      return `${expr.operator}${printExpr(expr.expr)}`;
    case 'call':
      return `${expr.function}(${expr.args.map(printExpr).join(', ')})`;
    case 'aggregate':
      return printAggregate(expr);
    case 'binary':
      return `${printExpr(expr.left)} ${expr.operator}${expr.returnBool ? ' bool' : ''}${printMatching(expr.matching)} ${printExpr(expr.right)}`;
    case 'vector-selector':
      return `${printMatchers(expr)}${printAt(expr.at)}${printExtension(expr)}${printOffset(expr.offset)}`;
    case 'matrix-selector':
      return printMatrix(expr);
    case 'subquery':
      return printSubquery(expr);
  }
}

function printAggregate({ operator, expr, param, without, labels }: Aggregate): string {
  const grouping = without || labels.length > 0 ? ` ${without ? 'without' : 'by'} ${printLabels(labels)} ` : '';
  return `${operator}${grouping}(${param === null ? '' : `${printExpr(param)}, `}${printExpr(expr)})`;
}

const printLabels = (labels: readonly string[]): string => `(${labels.map(printLabel).join(', ')})`;
const printLabel = (label: string): string => (PLAIN_LABEL.test(label) ? label : quote(label));

function printMatching(matching: Binary['matching']): string {
  if (matching === null) return '';
  const { cardinality, on, labels, include, fill } = matching;
  const isGrouped = cardinality === 'many-to-one' || cardinality === 'one-to-many';
  const match = labels.length > 0 || on || isGrouped ? ` ${on ? 'on' : 'ignoring'} ${printLabels(labels)}` : '';
  const group = isGrouped ? ` group_${cardinality === 'many-to-one' ? 'left' : 'right'} ${printLabels(include)}` : '';
  if (fill.left !== null && fill.left === fill.right) return `${match}${group} fill (${formatGeneral(fill.left)})`;
  const left = fill.left === null ? '' : ` fill_left (${formatGeneral(fill.left)})`;
  const right = fill.right === null ? '' : ` fill_right (${formatGeneral(fill.right)})`;
  return `${match}${group}${left}${right}`;
}

function printMatchers({ name, matchers }: VectorSelector): string {
  const isName = (matcher: Matcher): boolean => matcher.name === METRIC_NAME && matcher.operator === '=' && matcher.value === name && name !== '';
  const printed = matchers.filter((matcher) => !isName(matcher)).map((matcher) => `${printLabel(matcher.name)}${matcher.operator}${quote(matcher.value)}`);
  return `${name ?? ''}${printed.length > 0 ? `{${printed.sort().join(',')}}` : name === null ? '{}' : ''}`;
}

function printMatrix({ vector, range }: MatrixSelector): string {
  return `${printMatchers(vector)}[${printDuration(range)}]${printExtension(vector)}${printAt(vector.at)}${printOffset(vector.offset)}`;
}

function printSubquery({ expr, range, step, at, offset }: Subquery): string {
  return `${printExpr(expr)}[${printDuration(range)}:${step === null ? '' : printDuration(step)}]${printAt(at)}${printOffset(offset)}`;
}

const printExtension = ({ extension }: VectorSelector): string => (extension === 'none' ? '' : ` ${extension}`);

function printAt(at: At | null): string {
  if (at === null) return '';
  if (at.type !== 'time') return ` @ ${at.type}()`;
  const seconds = at.timeMs / 1000;
  // From 1e21 on, toFixed would turn to exponents.
  return ` @ ${Math.abs(seconds) < 1e21 ? seconds.toFixed(3) : `${BigInt(seconds)}.000`}`;
}

const printOffset = (offset: Duration | null): string => (offset === null ? '' : ` offset ${printDuration(offset)}`);

/** Alone, a literal is printed with units however it was written. */
const printDuration = (duration: Duration): string => (duration.type === 'literal' ? printSeconds(duration.seconds) : printArithmetic(duration));

function printArithmetic(duration: Duration): string {
  switch (duration.type) {
    case 'literal':
      return duration.withUnits === true ? printSeconds(duration.seconds) : formatDecimal(duration.seconds);
    case 'step':
    case 'range':
      return `${duration.type}()`;
    case 'negate':
      return `-${printArithmetic(duration.operand)}`;
    case 'paren':
      return `(${printArithmetic(duration.operand)})`;
    case 'min':
    case 'max':
      return `${duration.type}_of(${printArithmetic(duration.left)}, ${printArithmetic(duration.right)})`;
    default:
      return `${printArithmetic(duration.left)} ${duration.type} ${printArithmetic(duration.right)}`;
  }
}

function printSeconds(seconds: number): string {
  const ms = Math.round(Math.abs(seconds) * 1e9) / 1e6;
  return `${seconds < 0 ? '-' : ''}${formatDurationMs(ms)}`;
}
