import { AGGREGATE_OPERATORS } from '../ast.js';
import type { AggregateOperator, BinaryOperator } from '../ast.js';
import type { TokenKind } from './token.js';

/** How tightly a binary operator binds (Prometheus, querying/operators, "Binary operator precedence"). All are left-associative but `^`. */
const POWERS: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  '==': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '</': 3,
  '>/': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  atan2: 5,
  '^': 6,
};
/** A sign binds like a product: what stands behind it may only be a power. */
export const OPERAND_OF_SIGN = POWERS['^'];
export const LOWEST_POWER = 1;

export const powerOf = (operator: BinaryOperator): number => POWERS[operator];
/** What the right side of `operator` must at least bind with. */
export const powerOfRight = (operator: BinaryOperator): number => (operator === '^' ? POWERS['^'] : POWERS[operator] + 1);

export const isBinaryOperator = (kind: TokenKind): kind is BinaryOperator => Object.hasOwn(POWERS, kind);
export const isAggregateOperator = (kind: TokenKind): kind is AggregateOperator => (AGGREGATE_OPERATORS as readonly string[]).includes(kind);
