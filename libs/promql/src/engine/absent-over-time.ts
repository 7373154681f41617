import type { Call } from '../ast.js';
import { CellsBuilder } from './cells-builder.js';
import { toColumn } from './columns.js';
import type { Evaluated, Evaluation } from './evaluation.js';
import { labelsOfAbsent } from './labels-of-absent.js';
import { assertExtensionFits, rangeArgument } from './range-call.js';
import { evaluateRange, forEachWindow } from './range-vector.js';

/** 1 at each step at which no series has a sample within the range. */
export async function evaluateAbsentOverTime(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  const argument = rangeArgument(call);
  assertExtensionFits(argument, call);
  const { budget } = evaluation.query;
  const range = await evaluateRange(argument, evaluation);
  const present = new Uint8Array(evaluation.steps);
  for (const source of range.sources) {
    forEachWindow(source, range, evaluation, (_, step) => {
      present[step] = 1;
    });
    if (budget.spend(evaluation.steps)) await budget.pause();
  }
  const builder = new CellsBuilder();
  for (let step = 0; step < present.length; step++) if (present[step] === 0) builder.float(step, 1);
  const cells = builder.finish();
  return { type: 'vector', columns: cells === null ? [] : [toColumn(labelsOfAbsent(argument), true, cells)] };
}
