import { formatHistogram, type Histogram, type Labels } from '#metrics';
import type { Aggregate } from '../ast.js';
import type { InstantValue } from '../functions/function-kinds.js';
import { QueryError } from '../query-error.js';
import { sampleAt, type Column } from './columns.js';
import type { Evaluation } from './evaluation.js';
import { formatDecimal } from '../parser/go-number.js';
import { quote } from '../parser/go-string.js';
import { groupKeys, groupLabels, type Grouping } from './grouping.js';
import { withLabel } from './label-sets.js';
import { StepCollector } from './step-samples.js';

// What stands for a byte of the query that is no UTF-8.
const LONE_SURROGATE = /\p{Surrogate}/u;

/** How many series of a group have each value; the value becomes the label `label`. */
export async function countValues(aggregate: Aggregate, label: string, columns: readonly Column[], evaluation: Evaluation): Promise<Column[]> {
  if (label === '' || LONE_SURROGATE.test(label)) throw new QueryError('execution', `invalid label name ${quote(label)}`, aggregate.position);
  const { budget } = evaluation.query;
  const grouping = { without: aggregate.without, labels: aggregate.without ? aggregate.labels : [...aggregate.labels, label] };
  const namer = new ValueNamer(label, grouping);
  const collector = new StepCollector(evaluation.steps);
  for (let step = 0; step < evaluation.steps; step++) {
    const samples = countAt(columns, step, namer);
    collector.add(step, samples);
    budget.hold(samples.length);
    if (budget.spend(columns.length)) await budget.pause();
  }
  return collector.columns();
}

function countAt(columns: readonly Column[], step: number, namer: ValueNamer): InstantValue[] {
  const counts = new Map<ValueGroup, number>();
  for (const column of columns) {
    const sample = sampleAt(column, step);
    if (sample === null) continue;
    const group = namer.groupOf(column.labels, sample);
    counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  return [...counts].map(([{ labels }, value]) => ({ labels, dropName: false, value }));
}

interface ValueGroup {
  readonly labels: Labels;
}

/** Finds the group of a sample; values come again from step to step, so what was worked out is kept. */
class ValueNamer {
  readonly #keyOf: (labels: Labels) => string;
  readonly #byKey = new Map<string, ValueGroup>();
  readonly #byLabels = new Map<Labels, Map<string, ValueGroup>>();

  constructor(
    private readonly label: string,
    private readonly grouping: Grouping,
  ) {
    this.#keyOf = groupKeys(grouping);
  }

  groupOf(labels: Labels, sample: number | Histogram): ValueGroup {
    const text = typeof sample === 'number' ? formatDecimal(sample) : formatHistogram(sample);
    let known = this.#byLabels.get(labels);
    if (known === undefined) {
      known = new Map();
      this.#byLabels.set(labels, known);
    }
    let group = known.get(text);
    if (group === undefined) {
      group = this.#find(withLabel(labels, this.label, text));
      known.set(text, group);
    }
    return group;
  }

  #find(labels: Labels): ValueGroup {
    const key = this.#keyOf(labels);
    let group = this.#byKey.get(key);
    if (group === undefined) {
      group = { labels: groupLabels(labels, this.grouping) };
      this.#byKey.set(key, group);
    }
    return group;
  }
}
