import type { Duration } from '../ast.js';
import { MAX_DURATION_MS, parseDurationMs, parseNumber } from './number-literal.js';
import { isBinaryOperator, LOWEST_POWER, OPERAND_OF_SIGN, powerOf, powerOfRight } from './precedence.js';
import type { Token, TokenKind } from './token.js';
import type { TokenStream } from './token-stream.js';

type Literal = Extract<Duration, { type: 'literal' }>;
type Arithmetic = '+' | '-' | '*' | '/' | '%' | '^';
const ARITHMETIC: ReadonlySet<TokenKind> = new Set<Arithmetic>(['+', '-', '*', '/', '%', '^']);
const isArithmetic = (kind: TokenKind): kind is Arithmetic => ARITHMETIC.has(kind);
const EXPECTED_START = 'number, duration, step(), or range()';

/** Where a duration stands: what is said when something else stands there. */
interface DurationContext {
  readonly name: string;
  readonly expected: string;
}
const IN_OFFSET: DurationContext = { name: 'offset', expected: EXPECTED_START };
export const IN_RANGE: DurationContext = { name: 'subquery or range selector', expected: EXPECTED_START };
export const IN_STEP: DurationContext = { name: 'subquery selector', expected: `number, duration, step(), range(), or "]"` };

/** The value of a number or duration token, in seconds where it is a duration. */
export function numberOf(stream: TokenStream, token: Token): { readonly value: number; readonly withUnits: boolean } {
  try {
    return token.kind === 'duration' ? { value: parseDurationMs(token.text) / 1000, withUnits: true } : { value: parseNumber(token.text), withUnits: false };
  } catch (error) {
    throw stream.error(token, error instanceof Error ? error.message : String(error));
  }
}

/** A range or a step: a literal must be positive; the rest is known when the query is evaluated. */
export function parsePositiveDuration(stream: TokenStream, context: DurationContext): Duration {
  const duration = parseArithmetic(stream, context, LOWEST_POWER);
  if (duration.type === 'literal' && duration.seconds <= 0) throw stream.error(duration.position, 'duration must be greater than 0');
  return duration;
}

/** Arithmetic behind `offset` needs parentheses, what follows is the query's; but behind parentheses and double signs Prometheus takes an operator for the duration's. */
export function parseOffset(stream: TokenStream): Duration {
  const sign = stream.accept('+', '-');
  if (sign === null) return stream.is('(') ? continueArithmetic(stream, IN_OFFSET, LOWEST_POWER, parsePrimary(stream, IN_OFFSET)) : parsePrimary(stream, IN_OFFSET);
  if (!stream.is('+', '-')) return signed(stream, sign, parsePrimary(stream, IN_OFFSET));
  return continueArithmetic(stream, IN_OFFSET, LOWEST_POWER, signed(stream, sign, parseArithmetic(stream, IN_OFFSET, OPERAND_OF_SIGN)));
}

function parseArithmetic(stream: TokenStream, context: DurationContext, minPower: number): Duration {
  return stream.withinDepth(() => {
    const sign = stream.accept('+', '-');
    const left = sign === null ? parsePrimary(stream, context) : signed(stream, sign, parseArithmetic(stream, context, OPERAND_OF_SIGN));
    return continueArithmetic(stream, context, minPower, left);
  });
}

function continueArithmetic(stream: TokenStream, context: DurationContext, minPower: number, first: Duration): Duration {
  let left = first;
  for (;;) {
    const { kind } = stream.peek();
    if (!isBinaryOperator(kind) || !isArithmetic(kind) || powerOf(kind) < minPower) return left;
    const operator = stream.next();
    stream.deepen();
    const right = parseArithmetic(stream, context, powerOfRight(kind));
    if ((kind === '/' || kind === '%') && right.type === 'literal' && right.seconds === 0) throw stream.error(operator, kind === '/' ? 'division by zero' : 'modulo by zero');
    left = { type: kind, left, right, position: { from: left.position.from, to: right.position.to } };
  }
}

function parsePrimary(stream: TokenStream, context: DurationContext): Duration {
  const token = stream.accept('number', 'duration', 'step', 'range', 'min_of', 'max_of', '(');
  const expect = (kind: TokenKind): Token => stream.expect(kind, context.name, context.expected);
  switch (token?.kind) {
    case 'number':
    case 'duration': {
      const { value, withUnits } = numberOf(stream, token);
      return inRange(stream, { type: 'literal', seconds: value, withUnits, position: { from: token.from, to: token.to } });
    }
    case 'step':
    case 'range': {
      expect('(');
      return { type: token.kind, position: { from: token.from, to: expect(')').to } };
    }
    case 'min_of':
    case 'max_of': {
      expect('(');
      const left = parseArithmetic(stream, context, LOWEST_POWER);
      expect(',');
      const right = parseArithmetic(stream, context, LOWEST_POWER);
      expect(')');
      // Prometheus places it by its operands.
      return { type: token.kind === 'min_of' ? 'min' : 'max', left, right, position: { from: left.position.from, to: right.position.to } };
    }
    case '(': {
      const operand = parseArithmetic(stream, context, LOWEST_POWER);
      const { to } = expect(')');
      if (operand.type === 'paren') return operand;
      return { type: 'paren', operand, position: operand.type === 'literal' ? { from: token.from, to } : operand.position };
    }
    default:
      return stream.throwUnexpected(context.name, context.expected);
  }
}

function signed(stream: TokenStream, sign: Token, operand: Duration): Duration {
  const position = { from: sign.from, to: operand.position.to };
  if (operand.type === 'literal') return inRange(stream, { ...operand, seconds: sign.kind === '-' ? -operand.seconds : operand.seconds, position });
  return sign.kind === '-' ? { type: 'negate', operand, position } : operand;
}

function inRange(stream: TokenStream, literal: Literal): Literal {
  if (Math.abs(literal.seconds) * 1000 > MAX_DURATION_MS) throw stream.error(literal.position, 'duration out of range');
  return literal;
}
