import type { Call } from '../ast.js';
import type { ScalarFunction, StepArgument, StepContext, VectorFunction } from '../functions/function-kinds.js';
import type { Evaluated, Evaluation } from './evaluation.js';
import { samplesAt, StepCollector } from './step-samples.js';

// Prometheus' places: of most functions the first argument, of these the histograms.
const PLACE_OF_NOTES: ReadonlyMap<string, number> = new Map([['histogram_quantile', 1], ['histogram_fraction', 2]]);
const SORTING: ReadonlySet<string> = new Set(['sort', 'sort_desc', 'sort_by_label', 'sort_by_label_desc']);

/** A function that sees one step at a time, whole. */
export async function evaluateVectorCall(call: Call, definition: VectorFunction, evaluation: Evaluation): Promise<Evaluated> {
  const { budget, annotations } = evaluation.query;
  const args = await evaluateArguments(call, evaluation);
  if (SORTING.has(call.function) && evaluation.steps > 1) annotations.at(call.position).warn('sort is ineffective for range queries since results are always ordered by labels');
  const collector = new StepCollector(evaluation.steps);
  for (let step = 0; step < evaluation.steps; step++) {
    const samples = definition.evaluate(args.map((arg) => argumentAt(arg, step)), contextAt(step, call, evaluation));
    collector.add(step, samples);
    budget.hold(samples.length);
    if (budget.spend(samples.length + 100)) await budget.pause();
  }
  return { type: 'vector', columns: collector.columns() };
}

export async function evaluateScalarCall(call: Call, definition: ScalarFunction, evaluation: Evaluation): Promise<Evaluated> {
  const args = await evaluateArguments(call, evaluation);
  const values = new Float64Array(evaluation.steps);
  for (let step = 0; step < values.length; step++) values[step] = definition.evaluate(args.map((arg) => argumentAt(arg, step)), contextAt(step, call, evaluation));
  return { type: 'scalar', values };
}

async function evaluateArguments(call: Call, evaluation: Evaluation): Promise<Evaluated[]> {
  const args: Evaluated[] = [];
  for (const arg of call.args) args.push(await evaluation.evaluate(arg));
  return args;
}

function contextAt(step: number, call: Call, evaluation: Evaluation): StepContext {
  const { annotations, grid } = evaluation.query;
  const place = call.args[PLACE_OF_NOTES.get(call.function) ?? 0] ?? call;
  return { timeMs: evaluation.timeMs(step), grid, call, notes: annotations.at(place.position) };
}

function argumentAt(arg: Evaluated, step: number): StepArgument {
  switch (arg.type) {
    case 'scalar':
      return { type: 'scalar', value: arg.values[step]! };
    case 'string':
      return arg;
    case 'vector':
      return { type: 'vector', samples: samplesAt(arg.columns, step) };
  }
}
