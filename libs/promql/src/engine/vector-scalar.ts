import type { Binary } from '../ast.js';
import { CellsBuilder } from './cells-builder.js';
import { floatCells, toColumn, type Cells, type Column } from './columns.js';
import { combineCells } from './combine-cells.js';
import type { Combination } from './combine-samples.js';
import type { Evaluation } from './evaluation.js';
import { ARITHMETIC, COMPARISON, isArithmetic, isComparison } from './operators.js';

export function combineScalars({ operator }: Binary, left: Float64Array, right: Float64Array): Float64Array {
  if (isArithmetic(operator)) return left.map((value, step) => ARITHMETIC[operator](value, right[step]!));
  // Between scalars a comparison always has its `bool`; the parser lets no other operator through.
  if (!isComparison(operator)) throw new RangeError(`operator "${operator}" not allowed for scalar operations`);
  return left.map((value, step) => (COMPARISON[operator](value, right[step]!) ? 1 : 0));
}

/** Each series with the scalar of the same step. Whichever side the series are on, it is their samples that a comparison lets through. */
export async function combineWithScalar(binary: Binary, vector: { readonly columns: readonly Column[]; readonly side: 'left' | 'right' }, scalar: Float64Array, evaluation: Evaluation): Promise<Column[]> {
  const { annotations, budget } = evaluation.query;
  const { operator, returnBool } = binary;
  const combination: Combination = { operator, returnBool, passes: vector.side, notes: annotations.at(binary.position) };
  const other: Cells = floatCells(0, scalar);
  const dropsName = isArithmetic(operator) || returnBool;
  const builder = new CellsBuilder();
  const results: Column[] = [];
  for (const column of vector.columns) {
    const cells = vector.side === 'left' ? combineCells(combination, column, other, builder) : combineCells(combination, other, column, builder);
    if (cells !== null) {
      budget.hold(cells.samples);
      results.push(toColumn(column.labels, column.dropName || dropsName, cells));
    }
    if (budget.spend(column.values.length)) await budget.pause();
  }
  return results;
}
