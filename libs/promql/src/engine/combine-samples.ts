import { addHistograms, compactHistogram, divideHistogram, equalHistograms, scaleHistogram, subtractHistograms, trimHistogram, type CombinedHistograms, type Histogram } from '#metrics';
import type { BinaryOperator } from '../ast.js';
import type { Notes } from '../functions/function-kinds.js';
import { collidingResets, reconciledBounds } from '../functions/note-texts.js';
import { ARITHMETIC, COMPARISON, isArithmetic, isComparison } from './operators.js';

/** A binary operation other than a set operation, between two series or a series and a scalar. */
export interface Combination {
  readonly operator: BinaryOperator;
  /** A comparison gives 0 or 1 rather than a filter. */
  readonly returnBool: boolean;
  /** Whose sample a comparison lets through. */
  readonly passes: 'left' | 'right';
  readonly notes: Notes;
}

/** Any two samples; null when they give none, as when a comparison filters them out or the operator does not fit their types. */
export function combineSamples(combination: Combination, left: number | Histogram, right: number | Histogram): number | Histogram | null {
  if (typeof left === 'number') return typeof right === 'number' ? combineFloats(combination, left, right) : floatWithHistogram(combination, left, right);
  return typeof right === 'number' ? histogramWithFloat(combination, left, right) : combineHistograms(combination, left, right);
}

function combineFloats(combination: Combination, left: number, right: number): number | Histogram | null {
  const { operator } = combination;
  if (isArithmetic(operator)) return ARITHMETIC[operator](left, right);
  return isComparison(operator) ? outcome(combination, COMPARISON[operator](left, right), left, right) : incompatible(combination, left, right);
}

function floatWithHistogram(combination: Combination, left: number, right: Histogram): Histogram | null {
  return combination.operator === '*' ? compactHistogram(scaleHistogram(right, left)) : incompatible(combination, left, right);
}

function histogramWithFloat(combination: Combination, left: Histogram, right: number): Histogram | null {
  switch (combination.operator) {
    case '*':
      return compactHistogram(scaleHistogram(left, right));
    case '/':
      return compactHistogram(divideHistogram(left, right));
    case '</':
      return trimHistogram(left, right, 'below');
    case '>/':
      return trimHistogram(left, right, 'above');
    default:
      return incompatible(combination, left, right);
  }
}

function combineHistograms(combination: Combination, left: Histogram, right: Histogram): number | Histogram | null {
  switch (combination.operator) {
    case '+':
      return combined(combination, addHistograms(left, right), 'addition');
    case '-':
      return combined(combination, subtractHistograms(left, right), 'subtraction');
    case '==':
      return outcome(combination, equalHistograms(left, right), left, right);
    case '!=':
      return outcome(combination, !equalHistograms(left, right), left, right);
    default:
      return incompatible(combination, left, right);
  }
}

function combined({ operator, notes }: Combination, result: CombinedHistograms | null, operation: 'addition' | 'subtraction'): Histogram | null {
  if (result === null) {
    notes.warn(`incompatible bucket layout encountered for binary operator ${operator}`);
    return null;
  }
  if (result.resetsCollide) {
    notes.warn(collidingResets(operation));
    return null;
  }
  if (result.boundsReconciled) notes.info(reconciledBounds(operation));
  const histogram = compactHistogram(result.histogram);
  // A difference may fall again: it is no counter.
  return operation === 'subtraction' ? { ...histogram, resetHint: 'gauge' } : histogram;
}

function outcome<S extends number | Histogram>({ returnBool, passes }: Combination, holds: boolean, left: S, right: S): number | S | null {
  if (returnBool) return holds ? 1 : 0;
  if (!holds) return null;
  return passes === 'left' ? left : right;
}

function incompatible({ operator, notes }: Combination, left: number | Histogram, right: number | Histogram): null {
  notes.info(`incompatible sample types encountered for binary operator "${operator}": ${typeName(left)} ${operator} ${typeName(right)}`);
  return null;
}

function typeName(sample: number | Histogram): string {
  return typeof sample === 'number' ? 'float' : 'histogram';
}
