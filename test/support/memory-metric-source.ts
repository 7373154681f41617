import { setTimeout as sleep } from 'node:timers/promises';
import { compareLabels, compareUtf8, compileMatcher, labelsFromPairs, METRIC_NAME, SAMPLE_KIND, type Histogram, type Labels, type Matcher, type MetricMetadata, type SampleRun, type SeriesData, type SeriesQuery } from '#metrics';

/** Plain data, so that it can be sent to a thread. Samples are `stepMs` apart from `fromMs` on. */
export interface MemorySeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly fromMs: number;
  readonly stepMs: number;
  readonly values: readonly (number | Histogram)[];
  readonly exemplars?: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number; readonly timeMs: number }[];
}

export interface MemoryStore {
  readonly series: readonly MemorySeries[];
  readonly metadata: Readonly<Record<string, MetricMetadata>>;
  /** So many series `many` with `values` samples each, made when they are asked for. */
  readonly many?: { readonly series: number; readonly values: number };
  readonly openProblem?: string;
}

type AnyOfMatchers = readonly (readonly Matcher[])[];
interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
}
interface Stored {
  readonly labels: Labels;
  readonly samples: SampleRun;
  readonly exemplars: readonly { readonly labels: Labels; readonly value: number; readonly timeMs: number }[];
}

/** What the thread's protocol asks of a store's module. `options` is a MemoryStore. */
export async function openMetricSource(options: unknown): Promise<{ readonly source: MemoryMetricSource; close(): Promise<void> }> {
  const store = options as MemoryStore;
  if (store.openProblem !== undefined) throw new Error(store.openProblem);
  return { source: new MemoryMetricSource(store), close: async () => undefined };
}

/** Metrics held in memory, for tests. Some names misbehave: `never` gives no answer, `busy` blocks the thread for good, `bloated` takes buffers without end, `broken` fails. */
export class MemoryMetricSource {
  readonly #stored: readonly Stored[];

  constructor(private readonly store: MemoryStore) {
    this.#stored = [...store.series, ...manySeries(store)].map(toStored).sort((one, other) => compareLabels(one.labels, other.labels));
  }

  async select({ matchers, fromMs, toMs }: SeriesQuery, signal: AbortSignal): Promise<readonly SeriesData[]> {
    await misbehave(matchers.find(({ name }) => name === METRIC_NAME)?.value ?? '', signal);
    return this.#matching([matchers], { fromMs, toMs }).map(({ labels, samples }) => ({ labels, samples }));
  }

  async series(matchers: AnyOfMatchers, span: TimeSpan, limit: number): Promise<{ readonly series: readonly Labels[]; readonly truncated: boolean }> {
    const found = this.#matching(matchers, span);
    return { series: found.slice(0, limit).map(({ labels }) => labels), truncated: found.length > limit };
  }

  async labelNames(matchers: AnyOfMatchers, span: TimeSpan): Promise<readonly string[]> {
    return distinct(this.#matching(matchers, span).flatMap(({ labels }) => labels.map(({ name }) => name)));
  }

  async labelValues(name: string, matchers: AnyOfMatchers, span: TimeSpan): Promise<readonly string[]> {
    return distinct(this.#matching(matchers, span).flatMap(({ labels }) => labels.filter((label) => label.name === name).map(({ value }) => value)));
  }

  async metadata(matchers: AnyOfMatchers): Promise<ReadonlyMap<string, MetricMetadata>> {
    const names = new Set(this.#matching(matchers, ALWAYS).map(({ labels }) => valueOf(labels, METRIC_NAME)));
    return new Map(Object.entries(this.store.metadata).filter(([family]) => names.has(family)));
  }

  async exemplars(matchers: AnyOfMatchers, span: TimeSpan): Promise<readonly Pick<Stored, 'labels' | 'exemplars'>[]> {
    const found = this.#matching(matchers, ALWAYS).map(({ labels, exemplars }) => ({ labels, exemplars: exemplars.filter(({ timeMs }) => timeMs >= span.fromMs && timeMs <= span.toMs) }));
    return found.filter(({ exemplars }) => exemplars.length > 0);
  }

  async cardinality(matchers: AnyOfMatchers, limit: number): Promise<Record<'byMetric' | 'valuesByLabel' | 'seriesByPair' | 'bytesByLabel', readonly Count[]> & Record<'series' | 'labelPairs', number>> {
    const found = this.#matching(matchers, ALWAYS);
    const pairs = found.flatMap(({ labels }) => labels.map(({ name, value }) => `${name}=${value}`));
    const distinctPairs = distinct(pairs);
    return {
      series: found.length,
      labelPairs: distinctPairs.length,
      byMetric: greatest(found.map(({ labels }) => valueOf(labels, METRIC_NAME)), limit),
      valuesByLabel: greatest(distinctPairs.map((pair) => pair.split('=', 1)[0]!), limit),
      seriesByPair: greatest(pairs, limit),
      bytesByLabel: [],
    };
  }

  #matching(matchers: AnyOfMatchers, { fromMs, toMs }: TimeSpan): readonly Stored[] {
    const lists = matchers.map((list) => list.map((matcher) => ({ name: matcher.name, fits: compileMatcher(matcher) })));
    const fits = (labels: Labels): boolean => lists.length === 0 || lists.some((list) => list.every((test) => test.fits(valueOf(labels, test.name))));
    return this.#stored.filter(({ labels, samples }) => samples.timesMs.some((timeMs) => timeMs >= fromMs && timeMs <= toMs) && fits(labels));
  }
}

interface Count {
  readonly name: string;
  readonly count: number;
}

const ALWAYS: TimeSpan = { fromMs: -Infinity, toMs: Infinity };
const kept: Uint8Array[] = [];

async function misbehave(name: string, signal: AbortSignal): Promise<void> {
  switch (name) {
    case 'never':
      return sleep(1e9, undefined, { signal });
    case 'busy':
      for (;;) kept.length = 0;
    case 'broken':
      throw new Error('the disk says geheim');
    case 'bloated':
      try {
        for (;;) {
          kept.push(new Uint8Array(1_048_576).fill(1));
          await sleep(1, undefined, { signal });
        }
      } finally {
        kept.length = 0;
      }
  }
}

function* manySeries({ many }: MemoryStore): Generator<MemorySeries> {
  const { series, values } = many ?? { series: 0, values: 0 };
  for (let i = 0; i < series; i++) yield { labels: { [METRIC_NAME]: 'many', i: String(i) }, fromMs: 0, stepMs: 1000, values: Array.from({ length: values }, (_, k) => k + 0.5) };
}

function toStored({ labels, fromMs, stepMs, values, exemplars = [] }: MemorySeries): Stored {
  return {
    labels: labelsFromPairs(Object.entries(labels)),
    samples: {
      timesMs: Float64Array.from(values, (_, i) => fromMs + i * stepMs),
      values: Float64Array.from(values, (value) => (typeof value === 'number' ? value : NaN)),
      kinds: Uint8Array.from(values, (value) => (typeof value === 'number' ? SAMPLE_KIND.float : SAMPLE_KIND.histogram)),
      histograms: values.map((value) => (typeof value === 'number' ? null : value)),
      startsMs: null,
    },
    exemplars: exemplars.map((exemplar) => ({ ...exemplar, labels: labelsFromPairs(Object.entries(exemplar.labels)) })),
  };
}

const valueOf = (labels: Labels, name: string): string => labels.find((label) => label.name === name)?.value ?? '';
const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].sort(compareUtf8);

function greatest(names: readonly string[], limit: number): Count[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort((one, other) => other.count - one.count || compareUtf8(one.name, other.name)).slice(0, limit);
}
