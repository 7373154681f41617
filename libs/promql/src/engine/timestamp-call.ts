import { SAMPLE_KIND, type SampleRun } from '#metrics';
import type { Call } from '../ast.js';
import { CellsBuilder } from './cells-builder.js';
import { CELL, kindAt, toColumn, type Column } from './columns.js';
import type { Evaluated, Evaluation } from './evaluation.js';
import { withoutParens } from './expressions.js';
import { momentsOf } from './moments.js';
import { forEachLastSample, lookBack, type AddSamples, type Walk } from './vector-selector.js';

/** Of a selector the time of the sample that was found, of anything else the time of the step; in seconds. */
export async function evaluateTimestamp(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  const argument = withoutParens(call.args[0]!);
  if (argument.type !== 'vector-selector') return { type: 'vector', columns: timesOfSteps(await evaluation.vector(argument), evaluation) };
  return overSelector(call, addTimes, evaluation);
}

/** When the counter behind each sample of a selector began, in seconds, 0 where unknown; nothing for any other argument. */
export async function evaluateStartTimestamp(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  return overSelector(call, addStarts, evaluation);
}

async function overSelector(call: Call, add: AddSamples, evaluation: Evaluation): Promise<Evaluated> {
  const argument = withoutParens(call.args[0]!);
  if (argument.type !== 'vector-selector') return { type: 'vector', columns: [] };
  const columns = await lookBack(argument, momentsOf(argument, evaluation.grid, evaluation.query.grid), evaluation, add);
  return { type: 'vector', columns: columns.map((column) => ({ ...column, dropName: true })) };
}

function addTimes(run: SampleRun, walk: Walk, builder: CellsBuilder): void {
  forEachLastSample(run.timesMs, walk, (step, i) => {
    if (run.kinds?.[i] !== SAMPLE_KIND.stale) builder.float(step, run.timesMs[i]! / 1000);
  });
}

function addStarts(run: SampleRun, walk: Walk, builder: CellsBuilder): void {
  forEachLastSample(run.timesMs, walk, (step, i) => {
    if (run.kinds?.[i] !== SAMPLE_KIND.stale) builder.float(step, (run.startsMs?.[i] ?? 0) / 1000);
  });
}

function timesOfSteps(columns: readonly Column[], evaluation: Evaluation): Column[] {
  const builder = new CellsBuilder();
  return columns.map((column) => {
    for (let i = 0; i < column.values.length; i++) {
      const step = column.from + i;
      if (kindAt(column, step) !== CELL.none) builder.float(step, evaluation.timeMs(step) / 1000);
    }
    return toColumn(column.labels, true, builder.finish()!);
  });
}
