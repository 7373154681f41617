import { compileMatcher, labelsFromPairs, METRIC_NAME, SAMPLE_KIND, type Histogram, type Labels, type SampleRun, type SeriesData, type SeriesQuery, type SeriesReader } from '#metrics';
import { parseQuery } from '../parser/parse-query.js';
import type { QueryResult } from '../value.js';
import { evaluate } from './evaluate.js';
import type { EvaluateOptions } from './evaluation.js';
import { labelValue } from './label-sets.js';

/** A sample, a gap, or a stale marker. */
export type MemorySample = number | Histogram | null | 'stale';

/** Series held in memory, for tests of the engine. Samples are `stepMs` apart from time 0 on. */
export class MemorySeries implements SeriesReader {
  readonly queries: SeriesQuery[] = [];
  readonly #series: SeriesData[] = [];

  constructor(private readonly stepMs: number) {}

  add(labels: Readonly<Record<string, string>>, samples: readonly MemorySample[]): this {
    this.#series.push({ labels: labelsFromPairs(Object.entries(labels)), samples: toRun(samples, this.stepMs) });
    return this;
  }

  async select(query: SeriesQuery, signal: AbortSignal): Promise<readonly SeriesData[]> {
    signal.throwIfAborted();
    this.queries.push(query);
    const tests = query.matchers.map((matcher) => ({ name: matcher.name, fits: compileMatcher(matcher) }));
    return this.#series.filter(({ labels }) => tests.every(({ name, fits }) => fits(labelValue(labels, name))));
  }
}

function toRun(samples: readonly MemorySample[], stepMs: number): SampleRun {
  const present = samples.map((sample, i) => ({ sample, timeMs: i * stepMs })).filter(({ sample }) => sample !== null);
  return {
    timesMs: Float64Array.from(present, ({ timeMs }) => timeMs),
    values: Float64Array.from(present, ({ sample }) => (typeof sample === 'number' ? sample : NaN)),
    kinds: Uint8Array.from(present, ({ sample }) => kindOf(sample)),
    histograms: present.map(({ sample }) => (typeof sample === 'object' ? sample : null)),
    startsMs: null,
  };
}

function kindOf(sample: MemorySample): number {
  if (typeof sample === 'number') return SAMPLE_KIND.float;
  return sample === 'stale' ? SAMPLE_KIND.stale : SAMPLE_KIND.histogram;
}

const OPTIONS: Omit<EvaluateOptions, 'query' | 'instant' | 'signal'> = { lookbackMs: 300_000, defaultSubqueryStepMs: 60_000, maxSamples: 100_000 };

export interface Asked {
  readonly query: string;
  readonly reader: SeriesReader;
  readonly startSec: number;
  /** With `stepSec`: over a range. */
  readonly endSec?: number;
  readonly stepSec?: number;
  readonly options?: Partial<EvaluateOptions>;
}

export function ask({ query, reader, startSec, endSec = startSec, stepSec = 0, options }: Asked): Promise<QueryResult> {
  const grid = { startMs: startSec * 1000, endMs: endSec * 1000, stepMs: stepSec * 1000 };
  return evaluate(parseQuery(query), grid, reader, { ...OPTIONS, signal: new AbortController().signal, query, instant: stepSec === 0, ...options });
}

/** The result in short: a number, a text, or for each series its labels as a selector and its sample or samples. */
export async function answer(asked: Asked): Promise<number | string | Record<string, unknown>> {
  const { value } = await ask(asked);
  switch (value.type) {
    case 'scalar':
    case 'string':
      return value.value;
    case 'vector':
      return Object.fromEntries(value.samples.map(({ labels, point }) => [selectorOf(labels), point.value]));
    case 'matrix':
      return Object.fromEntries(value.series.map(({ labels, points }) => [selectorOf(labels), points.map(({ timeMs, value: sample }) => `${String(sample)}@${timeMs / 1000}`).join(' ')]));
  }
}

function selectorOf(labels: Labels): string {
  const others = labels.filter(({ name }) => name !== METRIC_NAME).map(({ name, value }) => `${name}=${value}`);
  return `${labelValue(labels, METRIC_NAME)}{${others.join(',')}}`;
}
