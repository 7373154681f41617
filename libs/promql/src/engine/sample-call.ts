import type { Call } from '../ast.js';
import type { Notes, SampleFunction } from '../functions/function-kinds.js';
import { CellsBuilder } from './cells-builder.js';
import { CELL, toColumn, type Cells, type Column } from './columns.js';
import type { Evaluated, Evaluation } from './evaluation.js';

/** The vector is the first argument, the others are scalars. */
export async function evaluateSampleCall(call: Call, definition: SampleFunction, evaluation: Evaluation): Promise<Evaluated> {
  const { annotations, budget } = evaluation.query;
  const [vector, ...others] = call.args;
  const input = await evaluation.vector(vector!);
  const scalars: Float64Array[] = [];
  for (const arg of others) scalars.push(await evaluation.scalar(arg));
  const notes = annotations.at(vector!.position);
  const builder = new CellsBuilder();
  const columns: Column[] = [];
  for (const column of input) {
    mapCells(column, builder, definition, { scalars, args: scalars.map(() => NaN), notes });
    const cells = builder.finish();
    if (cells !== null) {
      budget.hold(cells.samples);
      columns.push(toColumn(column.labels, true, cells));
    }
    if (budget.spend(column.values.length)) await budget.pause();
  }
  return { type: 'vector', columns };
}

interface Others {
  readonly scalars: readonly Float64Array[];
  /** Filled anew for each step. */
  readonly args: number[];
  readonly notes: Notes;
}

function mapCells({ from, values, kinds, histograms }: Cells, builder: CellsBuilder, { evaluate }: SampleFunction, { scalars, args, notes }: Others): void {
  for (let i = 0; i < values.length; i++) {
    const kind = kinds === null ? CELL.float : kinds[i];
    if (kind === CELL.none) continue;
    for (let k = 0; k < args.length; k++) args[k] = scalars[k]![from + i]!;
    const sample = evaluate(kind === CELL.float ? values[i]! : histograms![i]!, args, notes);
    if (sample !== null) builder.add(from + i, sample);
  }
}
