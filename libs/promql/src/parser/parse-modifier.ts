import type { At, Duration, Expr, Extension, MatrixSelector, Subquery, VectorSelector } from '../ast.js';
import { IN_RANGE, IN_STEP, numberOf, parseOffset, parsePositiveDuration } from './parse-duration.js';
import type { Token, TokenKind } from './token.js';
import type { TokenStream } from './token-stream.js';

type Modifier = '[' | 'offset' | '@' | 'anchored' | 'smoothed';
type Shiftable = VectorSelector | MatrixSelector | Subquery;

/** What may stand behind an expression; each binds tighter than any operator. */
const MODIFIERS: Readonly<Record<Modifier, (stream: TokenStream, expr: Expr, token: Token) => Expr>> = {
  '[': parseRange,
  offset: (stream, expr) => withOffset(stream, expr, parseOffset(stream)),
  '@': parseAt,
  anchored: (stream, expr) => withExtension(stream, expr, 'anchored'),
  smoothed: (stream, expr) => withExtension(stream, expr, 'smoothed'),
};
const isModifier = (kind: TokenKind): kind is Modifier => Object.hasOwn(MODIFIERS, kind);

export function parseModifiers(stream: TokenStream, expr: Expr): Expr {
  let modified = expr;
  for (;;) {
    const { kind } = stream.peek();
    if (!isModifier(kind)) return modified;
    stream.deepen();
    modified = MODIFIERS[kind](stream, modified, stream.next());
  }
}

function parseRange(stream: TokenStream, expr: Expr, opening: Token): Expr {
  const range = parsePositiveDuration(stream, IN_RANGE);
  if (stream.accept(':') !== null) return parseSubquery(stream, expr, range);
  const { to } = stream.expect(']', 'subquery or range', `":" or "]"`);
  const complain = (message: string): never => {
    throw stream.error({ from: opening.from, to }, message);
  };
  if (expr.type !== 'vector-selector') return complain('ranges only allowed for vector selectors');
  if (expr.offset !== null) return complain('no offset modifiers allowed before range');
  if (expr.at !== null) return complain('no @ modifiers allowed before range');
  return { type: 'matrix-selector', vector: expr, range, position: { from: expr.position.from, to } };
}

function parseSubquery(stream: TokenStream, expr: Expr, range: Duration): Subquery {
  const step = stream.is(']') ? null : parsePositiveDuration(stream, IN_STEP);
  const { to } = stream.expect(']', IN_STEP.name, '"]"');
  return { type: 'subquery', expr, range, step, offset: null, at: null, position: { from: expr.position.from, to } };
}

const isZero = (duration: Duration): boolean => duration.type === 'literal' && duration.seconds === 0;

function withOffset(stream: TokenStream, expr: Expr, offset: Duration): Expr {
  const shifted = shiftable(stream, expr, 'offset modifier must be preceded by an instant vector selector or range vector selector or a subquery');
  if (shiftOf(shifted).offset !== null) throw stream.error(expr.position, 'offset may not be set multiple times');
  // To Prometheus, no offset and an offset of nothing are the same.
  return shift(shifted, { offset: isZero(offset) ? null : offset }, offset.position.to);
}

function parseAt(stream: TokenStream, expr: Expr): Expr {
  const { at, to } = parseMoment(stream, expr);
  const shifted = shiftable(stream, expr, '@ modifier must be preceded by an instant vector selector or range vector selector or a subquery');
  if (shiftOf(shifted).at !== null) throw stream.error(expr.position, '@ <timestamp> may not be set multiple times');
  return shift(shifted, { at }, to);
}

function parseMoment(stream: TokenStream, expr: Expr): { readonly at: At; readonly to: number } {
  const fail = ['@', 'timestamp'] as const;
  const word = stream.accept('start', 'end');
  if (word !== null) {
    stream.expect('(', ...fail);
    return { at: { type: word.kind === 'start' ? 'start' : 'end' }, to: stream.expect(')', ...fail).to };
  }
  const sign = stream.accept('+', '-');
  const token = stream.accept('number', 'duration') ?? stream.throwUnexpected(...fail);
  const seconds = numberOf(stream, token).value * (sign?.kind === '-' ? -1 : 1);
  if (!(Math.abs(seconds) < 2 ** 63)) throw stream.error(expr.position, `timestamp out of bounds for @ modifier: ${withSixDecimals(seconds)}`);
  return { at: { type: 'time', timeMs: roundHalfAway(seconds * 1000) }, to: token.to };
}

function withSixDecimals(value: number): string {
  if (Number.isFinite(value)) return `${BigInt(Math.trunc(value))}.000000`;
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

/** Go rounds halves away from zero. */
const roundHalfAway = (value: number): number => Math.sign(value) * Math.round(Math.abs(value));

function withExtension(stream: TokenStream, expr: Expr, extension: Exclude<Extension, 'none'>): Expr {
  if (expr.type === 'subquery') throw stream.error(expr.position, `${extension} modifier is not supported for subqueries`);
  if (expr.type !== 'vector-selector' && expr.type !== 'matrix-selector') throw stream.error(expr.position, `${extension} modifier not implemented`);
  const before = expr.type === 'matrix-selector' ? expr.vector.extension : expr.extension;
  if (before !== 'none' && before !== extension) throw stream.error(expr.position, 'anchored and smoothed modifiers cannot be used together');
  return expr.type === 'matrix-selector' ? { ...expr, vector: { ...expr.vector, extension } } : { ...expr, extension };
}

function shiftable(stream: TokenStream, expr: Expr, complaint: string): Shiftable {
  if (expr.type === 'vector-selector' || expr.type === 'matrix-selector' || expr.type === 'subquery') return expr;
  throw stream.error(expr.position, complaint);
}

const shiftOf = (expr: Shiftable): VectorSelector | Subquery => (expr.type === 'matrix-selector' ? expr.vector : expr);

function shift(expr: Shiftable, change: { readonly offset: Duration | null } | { readonly at: At }, to: number): Expr {
  const position = { from: expr.position.from, to };
  return expr.type === 'matrix-selector' ? { ...expr, vector: { ...expr.vector, ...change }, position } : { ...expr, ...change, position };
}
