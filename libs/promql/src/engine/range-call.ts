import { METRIC_NAME } from '#metrics';
import type { Call } from '../ast.js';
import type { Notes, RangeFunction } from '../functions/function-kinds.js';
import { quote } from '../parser/go-string.js';
import { QueryError } from '../query-error.js';
import { CellsBuilder } from './cells-builder.js';
import { CELL, toColumn, type Column } from './columns.js';
import type { Evaluated, Evaluation } from './evaluation.js';
import { withoutParens } from './expressions.js';
import { labelValue } from './label-sets.js';
import { evaluateRange, forEachWindow, isRange, type RangeExpr, type RangeSource, type RangeVector } from './range-vector.js';

const ANCHORED_FUNCTIONS: readonly string[] = ['changes', 'delta', 'increase', 'rate', 'resets'];
const SMOOTHED_FUNCTIONS: readonly string[] = ['delta', 'increase', 'rate'];
const COUNTER_FUNCTIONS: ReadonlySet<string> = new Set(['rate', 'increase']);
const COUNTER_SUFFIX = /_(total|sum|count|bucket)$/;

/** The range vector among the arguments of a function; each function that takes one takes one. */
export function rangeArgument(call: Call): RangeExpr {
  const range = call.args.map(withoutParens).find(isRange);
  if (range === undefined) throw new QueryError('bad_data', `expected a range vector in call to function "${call.function}"`, call.position);
  return range;
}

export async function evaluateRangeCall(call: Call, definition: RangeFunction, evaluation: Evaluation): Promise<Evaluated> {
  const argument = rangeArgument(call);
  assertExtensionFits(argument, call);
  const { annotations, budget } = evaluation.query;
  const notes = annotations.at(call.args[0]!.position);
  const scalars: Float64Array[] = [];
  for (const arg of call.args) if (withoutParens(arg) !== argument) scalars.push(await evaluation.scalar(arg));
  const range = await evaluateRange(argument, evaluation);
  const columns: Column[] = [];
  const apply = new Application(definition, scalars, notes);
  for (const source of range.sources) {
    const column = apply.to(source, range, evaluation);
    // The widest window counts while its series is worked on.
    budget.hold(apply.widest);
    budget.held -= apply.widest;
    if (column !== null) {
      budget.hold(column.samples);
      columns.push(column);
    }
    if (budget.spend(evaluation.steps)) await budget.pause();
  }
  if (COUNTER_FUNCTIONS.has(call.function)) noteNonCounters(columns, notes);
  return { type: 'vector', columns };
}

class Application {
  readonly #builder = new CellsBuilder();
  readonly #args: number[];
  /** Samples in the widest window of the last series. */
  widest = 0;

  constructor(
    private readonly definition: RangeFunction,
    private readonly scalars: readonly Float64Array[],
    private readonly notes: Notes,
  ) {
    this.#args = scalars.map(() => NaN);
  }

  to(source: RangeSource, range: RangeVector, evaluation: Evaluation): Column | null {
    const { evaluate, keepsName } = this.definition;
    const args = this.#args;
    this.widest = 0;
    forEachWindow(source, range, evaluation, (window, step) => {
      if (window.end - window.first > this.widest) this.widest = window.end - window.first;
      for (let i = 0; i < args.length; i++) args[i] = this.scalars[i]![step]!;
      const sample = evaluate(window, args, this.notes);
      if (sample !== null) this.#builder.add(step, sample);
    });
    const cells = this.#builder.finish();
    return cells === null ? null : toColumn(source.labels, !keepsName || source.dropName, cells);
  }
}

export function assertExtensionFits(range: RangeExpr, call: Call): void {
  const extension = range.type === 'subquery' ? 'none' : range.vector.extension;
  if (extension === 'none') return;
  const allowed = extension === 'anchored' ? ANCHORED_FUNCTIONS : SMOOTHED_FUNCTIONS;
  if (!allowed.includes(call.function)) throw new QueryError('execution', `${extension} modifier can only be used with: ${allowed.join(', ')} - not with ${call.function}`, call.position);
}

function noteNonCounters(columns: readonly Column[], notes: Notes): void {
  for (const { labels, histograms, kinds } of columns) {
    const name = labelValue(labels, METRIC_NAME);
    const hasFloats = kinds === null || histograms === null || kinds.includes(CELL.float);
    if (name !== '' && hasFloats && !COUNTER_SUFFIX.test(name)) notes.info(`metric might not be a counter, name does not end in _total/_sum/_count/_bucket: ${quote(name)}`);
  }
}
