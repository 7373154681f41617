import { SET_OPERATORS, type ARITHMETIC_OPERATORS, type BinaryOperator, type COMPARISON_OPERATORS } from '../ast.js';

export type ArithmeticOperator = (typeof ARITHMETIC_OPERATORS)[number];
export type ComparisonOperator = (typeof COMPARISON_OPERATORS)[number];
export type SetOperator = (typeof SET_OPERATORS)[number];

export const ARITHMETIC: Record<ArithmeticOperator, (left: number, right: number) => number> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
  '^': power,
  atan2: Math.atan2,
};

export const COMPARISON: Record<ComparisonOperator, (left: number, right: number) => boolean> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '>': (left, right) => left > right,
  '<': (left, right) => left < right,
  '>=': (left, right) => left >= right,
  '<=': (left, right) => left <= right,
};

export function isArithmetic(operator: BinaryOperator): operator is ArithmeticOperator {
  return Object.hasOwn(ARITHMETIC, operator);
}

export function isComparison(operator: BinaryOperator): operator is ComparisonOperator {
  return Object.hasOwn(COMPARISON, operator);
}

export function isSetOperator(operator: BinaryOperator): operator is SetOperator {
  return (SET_OPERATORS as readonly BinaryOperator[]).includes(operator);
}

/** IEEE 754 pow, as in C and Go: JavaScript alone makes NaN of 1 to the NaN and of 1 or -1 to the infinity. */
function power(base: number, exponent: number): number {
  if (base === 1) return 1;
  if (base === -1 && (exponent === Infinity || exponent === -Infinity)) return 1;
  return base ** exponent;
}
