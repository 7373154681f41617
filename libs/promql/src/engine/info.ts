import { compileMatcher, METRIC_NAME, type Label, type Labels } from '#metrics';
import type { Call } from '../ast.js';
import type { InstantValue } from '../functions/function-kinds.js';
import { QueryError } from '../query-error.js';
import type { Evaluated, Evaluation } from './evaluation.js';
import { infoDataMatchers, infoNameMatchers } from './info-selection.js';
import { infoSeriesOf, newestAt, targetOf, type InfoSeries } from './info-series.js';
import { labelValue, withLabel } from './label-sets.js';
import { samplesAt, StepCollector } from './step-samples.js';

/** Adds to each series the labels of the info series of the same target: at each step those that were current then. */
export async function evaluateInfo(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  const { budget } = evaluation.query;
  const columns = await evaluation.vector(call.args[0]!);
  const infos = infoSeriesOf(call, evaluation);
  const enricher = new Enricher(call);
  const collector = new StepCollector(evaluation.steps);
  for (let step = 0; step < evaluation.steps; step++) {
    const newest = newestAt(infos, step);
    const samples = samplesAt(columns, step).flatMap((sample) => enricher.enrich(sample, newest.get(targetOf(sample.labels) ?? '')));
    collector.add(step, samples);
    budget.hold(samples.length);
    if (budget.spend(columns.length + infos.length)) await budget.pause();
  }
  return { type: 'vector', columns: collector.columns() };
}

class Enricher {
  readonly #isInfoName: (name: string) => boolean;
  /** Null: all labels. */
  readonly #wanted: ReadonlySet<string> | null;
  /** Whether a series without any of the labels that were asked for is left as it is. */
  readonly #keepsUnmatched: boolean;

  constructor(call: Call) {
    const names = infoNameMatchers(call).map(compileMatcher);
    const data = infoDataMatchers(call);
    this.#isInfoName = (name) => names.every((test) => test(name));
    this.#wanted = data.length === 0 ? null : new Set(data.map(({ name }) => name));
    this.#keepsUnmatched = data.every((matcher) => compileMatcher(matcher)(''));
  }

  /** The sample with more labels; none when it lacks what was asked for. */
  enrich(sample: InstantValue, infos: ReadonlyMap<string, InfoSeries> | undefined): InstantValue[] {
    if (this.#isInfoName(labelValue(sample.labels, METRIC_NAME))) return [sample];
    if (infos === undefined) return this.#keepsUnmatched ? [sample] : [];
    let { labels } = sample;
    for (const { name, value } of this.#labelsFrom(infos.values(), labels)) labels = withLabel(labels, name, value);
    return [{ ...sample, labels }];
  }

  /** Of several info series that give a label all must say the same. A label that the series has stays as it is. */
  *#labelsFrom(infos: Iterable<InfoSeries>, own: Labels): Generator<Label> {
    const given = new Map<string, string>();
    for (const info of infos) {
      for (const { name, value } of info.labels) {
        if (name === METRIC_NAME || this.#wanted?.has(name) === false) continue;
        if ((given.get(name) ?? value) !== value) throw new QueryError('execution', `conflicting label: ${name}`);
        if (own.some((label) => label.name === name)) continue;
        given.set(name, value);
        yield { name, value };
      }
    }
  }
}
