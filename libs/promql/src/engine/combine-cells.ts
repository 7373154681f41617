import type { Histogram } from '#metrics';
import { CellsBuilder } from './cells-builder.js';
import { floatCells, sampleAt, type Cells } from './columns.js';
import { combineSamples, type Combination } from './combine-samples.js';
import { endOf } from './duplicates.js';
import { ARITHMETIC, COMPARISON, isArithmetic, isComparison, type ArithmeticOperator, type ComparisonOperator } from './operators.js';

/** Combines the steps at which both sides have a sample; null when none is left. */
export function combineCells(combination: Combination, left: Cells, right: Cells, builder: CellsBuilder): Cells | null {
  const from = Math.max(left.from, right.from);
  const end = Math.min(endOf(left), endOf(right));
  if (end <= from) return null;
  const { operator } = combination;
  if (left.kinds === null && right.kinds === null && isArithmetic(operator)) return floatCells(from, calculate(operator, left, right, { from, end }));
  if (left.histograms === null && right.histograms === null && isComparison(operator)) compareFloats(operator, combination, { left, right, from, end }, builder);
  else combineEach(combination, { left, right, from, end }, builder);
  return builder.finish();
}

interface Steps {
  readonly from: number;
  readonly end: number;
}

// The loop of nearly all arithmetic. The four common operators are spelt out: a call for each cell through a table would cost more than the operation.
function calculate(operator: ArithmeticOperator, left: Cells, right: Cells, { from, end }: Steps): Float64Array {
  const length = end - from;
  const x = left.values.subarray(from - left.from, end - left.from);
  const y = right.values.subarray(from - right.from, end - right.from);
  const values = new Float64Array(length);
  if (operator === '+') for (let i = 0; i < length; i++) values[i] = x[i]! + y[i]!;
  else if (operator === '-') for (let i = 0; i < length; i++) values[i] = x[i]! - y[i]!;
  else if (operator === '*') for (let i = 0; i < length; i++) values[i] = x[i]! * y[i]!;
  else if (operator === '/') for (let i = 0; i < length; i++) values[i] = x[i]! / y[i]!;
  else {
    const apply = ARITHMETIC[operator];
    for (let i = 0; i < length; i++) values[i] = apply(x[i]!, y[i]!);
  }
  return values;
}

interface Sides extends Steps {
  readonly left: Cells;
  readonly right: Cells;
}

function compareFloats(operator: ComparisonOperator, { returnBool, passes }: Combination, { left, right, from, end }: Sides, builder: CellsBuilder): void {
  const holds = COMPARISON[operator];
  for (let step = from; step < end; step++) {
    const l = step - left.from;
    const r = step - right.from;
    if (left.kinds?.[l] === 0 || right.kinds?.[r] === 0) continue;
    const x = left.values[l]!;
    const y = right.values[r]!;
    if (returnBool) builder.float(step, holds(x, y) ? 1 : 0);
    else if (holds(x, y)) builder.float(step, passes === 'left' ? x : y);
  }
}

function combineEach(combination: Combination, { left, right, from, end }: Sides, builder: CellsBuilder): void {
  for (let step = from; step < end; step++) {
    const x: number | Histogram | null = sampleAt(left, step);
    const y: number | Histogram | null = sampleAt(right, step);
    if (x === null || y === null) continue;
    const sample = combineSamples(combination, x, y);
    if (sample !== null) builder.add(step, sample);
  }
}
