import { compareLabels, compareUtf8, mergeRuns, METRIC_NAME, SeriesIndex } from '#metrics';
import type { Labels, Matcher, MetricMetadata, SampleRun, SeriesData, SeriesQuery } from '#metrics';
import type { MetricStorage } from '../../storage/metrics/open-metric-storage.js';
import type { StoredSeries } from '../../storage/metrics/series.store.js';
import type { AnyOfMatchers, Cardinality, MetricSource, StoredExemplar, TimeSpan } from '../metric-source.js';
import { windowOf } from '../window.js';
import type { BlockReader } from './block-reader.js';
import { addSamples } from './block-samples.js';
import { cardinalityOf } from './cardinality.js';
import type { HeadLink } from './head-link.js';
import { joinIds } from './join-ids.js';

// Series without samples in a block can only be in the head when somebody asks for the last hours.
const HEAD_SPAN_MS = 3 * 3_600_000;

// A family's series have its name and, by its type, one of these.
const SERIES_OF_FAMILY = ['', '_total', '_created', '_bucket', '_count', '_sum', '_gcount', '_gsum', '_info'];

/** The metric store as queries see it: an index of all series in memory, samples from blocks and from the head of the thread that writes. */
export class StoredSeriesSource implements MetricSource {
  readonly #index = new SeriesIndex();
  // By the id of the series; 0 for none.
  #metricOf = new Uint32Array(1_024);

  constructor(
    private readonly storage: Pick<MetricStorage, 'blocks' | 'exemplars' | 'families'>,
    private readonly blocks: BlockReader,
    private readonly head: Pick<HeadLink, 'read' | 'present'>,
    private readonly nowMs: () => number,
  ) {}

  add(series: readonly StoredSeries[]): void {
    for (const { id, metricId, labels } of series) {
      this.#index.add(id, labels);
      if (id >= this.#metricOf.length) this.#growTo(id);
      this.#metricOf[id] = metricId;
    }
  }

  /** Questions that are being answered pass over them. */
  remove(seriesIds: readonly number[]): void {
    this.#index.remove(seriesIds);
  }

  async select({ matchers, fromMs, toMs }: SeriesQuery, signal: AbortSignal): Promise<readonly SeriesData[]> {
    const ids = this.#matching([matchers], signal);
    if (ids.length === 0) return [];
    // The head first: what leaves it from now on is in the blocks that are read after it.
    const fromHead = await this.head.read({ seriesIds: ids, fromMs, toMs }, signal);
    const runs = await this.#readBlocks(ids, { fromMs, toMs, state: fromHead.blocks }, signal);
    for (const { seriesId, samples } of fromHead.samples) if (samples.timesMs.length > 0) runs.get(seriesId)!.push(samples);
    const found: SeriesData[] = [];
    for (const [id, parts] of runs) {
      const labels = this.#index.labels(id);
      if (parts.length > 0 && labels !== undefined) found.push({ labels, samples: mergeRuns(parts) });
    }
    return found;
  }

  async series(matchers: AnyOfMatchers, span: TimeSpan, limit: number, signal: AbortSignal): Promise<{ readonly series: readonly Labels[]; readonly truncated: boolean }> {
    const ids = await this.#present(matchers, span, signal);
    const series = this.#labelsOf(ids).sort(compareLabels);
    return { series: series.slice(0, limit), truncated: series.length > limit };
  }

  async labelNames(matchers: AnyOfMatchers, span: TimeSpan, signal: AbortSignal): Promise<readonly string[]> {
    const names = new Set<string>();
    for (const labels of this.#labelsOf(await this.#present(matchers, span, signal))) for (const { name } of labels) names.add(name);
    return [...names].sort(compareUtf8);
  }

  async labelValues(name: string, matchers: AnyOfMatchers, span: TimeSpan, signal: AbortSignal): Promise<readonly string[]> {
    const values = new Set<string>();
    for (const labels of this.#labelsOf(await this.#present(matchers, span, signal))) {
      const value = labels.find((label) => label.name === name)?.value;
      if (value !== undefined) values.add(value);
    }
    return [...values].sort(compareUtf8);
  }

  async metadata(matchers: AnyOfMatchers, signal: AbortSignal): Promise<ReadonlyMap<string, MetricMetadata>> {
    const families = await this.storage.families.all();
    if (matchers.length === 0) return families;
    const visible = new Set(this.#labelsOf(this.#matching(matchers, signal)).map(metricName));
    return new Map([...families].filter(([name]) => SERIES_OF_FAMILY.some((suffix) => visible.has(`${name}${suffix}`))));
  }

  async exemplars(matchers: AnyOfMatchers, { fromMs, toMs }: TimeSpan, signal: AbortSignal): Promise<readonly { readonly labels: Labels; readonly exemplars: readonly StoredExemplar[] }[]> {
    const ids = this.#matching(matchers, signal);
    const bySeries = new Map<number, StoredExemplar[]>();
    for (const { seriesId, ...exemplar } of await this.storage.exemplars.read([...ids], fromMs, toMs)) {
      const known = bySeries.get(seriesId);
      if (known === undefined) bySeries.set(seriesId, [exemplar]);
      else known.push(exemplar);
    }
    return [...bySeries].flatMap(([id, exemplars]) => this.#labelsOf([id]).map((labels) => ({ labels, exemplars }))).sort((one, other) => compareLabels(one.labels, other.labels));
  }

  cardinality(matchers: AnyOfMatchers, limit: number, signal: AbortSignal): Promise<Cardinality> {
    return Promise.resolve(cardinalityOf(this.#labelsOf(this.#matching(matchers, signal)), limit));
  }

  /** Of those that have not been removed since they were found. */
  #labelsOf(ids: Iterable<number>): Labels[] {
    const all: Labels[] = [];
    for (const id of ids) {
      const labels = this.#index.labels(id);
      if (labels !== undefined) all.push(labels);
    }
    return all;
  }

  #matching(matchers: AnyOfMatchers, signal: AbortSignal): Uint32Array {
    const checkpoint = (): void => signal.throwIfAborted();
    if (matchers.length === 0) return this.#index.select([], checkpoint);
    return joinIds(matchers.map((all: readonly Matcher[]) => this.#index.select(all, checkpoint)));
  }

  async #present(matchers: AnyOfMatchers, { fromMs, toMs }: TimeSpan, signal: AbortSignal): Promise<Uint32Array> {
    const ids = this.#matching(matchers, signal);
    const bitmaps = await this.storage.blocks.presence(windowOf(fromMs), windowOf(toMs));
    const inHead = new Set(toMs >= this.nowMs() - HEAD_SPAN_MS ? await this.head.present(signal) : []);
    signal.throwIfAborted();
    return ids.filter((id) => inHead.has(id) || bitmaps.some((bitmap) => ((bitmap[id >> 3] ?? 0) >> (id & 7)) & 1));
  }

  async #readBlocks(ids: Uint32Array, { state, ...span }: TimeSpan & { readonly state: string | null }, signal: AbortSignal): Promise<Map<number, SampleRun[]>> {
    const runs = new Map<number, SampleRun[]>();
    const metricIds = [...new Set(Array.from(ids, (id) => this.#metricOf[id]!))].sort((one, other) => one - other);
    const query = { firstWindowMs: windowOf(span.fromMs), lastWindowMs: windowOf(span.toMs), metricIds, firstSeries: ids[0]!, lastSeries: ids.at(-1)! };
    const begin = (): void => ids.forEach((id) => runs.set(id, []));
    await this.blocks.read({ ...query, state }, signal, { begin, take: (block) => addSamples(block, span, runs) });
    return runs;
  }

  #growTo(id: number): void {
    const larger = new Uint32Array(Math.max(2 * this.#metricOf.length, id + 1));
    larger.set(this.#metricOf);
    this.#metricOf = larger;
  }
}

function metricName(labels: Labels): string {
  return labels.find(({ name }) => name === METRIC_NAME)?.value ?? '';
}
