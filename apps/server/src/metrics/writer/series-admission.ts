import { setTimeout as pause } from 'node:timers/promises';
import { METRIC_NAME } from '#metrics';
import type { Labels } from '#metrics';
import { EDGE_METRIC_PREFIX } from '../edges/edge-metrics.js';
import type { SeriesStore, StoredSeries } from '../../storage/metrics/series.store.js';
import type { Head } from './head.js';
import type { RefusalKind } from './refusals.js';
import { SeriesSlots } from './series-slots.js';
import { labelsRefusal, shown } from './write-limits.js';
import type { WriteLimits } from './write-limits.js';

export type Admitted = { readonly slot: number } | { readonly slot: null; readonly kind: RefusalKind; readonly reason: string };

const WAIT_MS = 5;
// Keys beyond this for each series are spellings that someone makes up.
const KEYS_A_SERIES = 8;

/** Which series may be written. Makes the rows of those that are new, and knows which metrics have been refused more. */
export class SeriesAdmission {
  readonly slots = new SeriesSlots();
  readonly #seriesOfMetric = new Map<string, number>();
  readonly #refusedOfMetric = new Map<string, number>();
  readonly #nameOfSlot = new Map<number, string>();
  #reserved = 0;
  #registering = 0;
  // While rows are removed: whoever finds a row then could write to it when it is gone.
  #removal: Promise<void> | null = null;
  // By the id of the series; 0 for none.
  #metricOf = new Uint32Array(1_024);

  constructor(
    private readonly store: SeriesStore,
    private readonly head: Head,
    private readonly limits: WriteLimits,
    private readonly registered: (series: readonly StoredSeries[]) => void,
  ) {}

  /** Of any series that was ever written. */
  metricOf(seriesId: number): number {
    return this.#metricOf[seriesId] ?? 0;
  }

  /** How many new series were refused, by metric. */
  get refusedByMetric(): ReadonlyMap<string, number> {
    return this.#refusedOfMetric;
  }

  noteMetric(seriesId: number, metricId: number): void {
    if (seriesId >= this.#metricOf.length) {
      const larger = new Uint32Array(Math.max(2 * this.#metricOf.length, seriesId + 1));
      larger.set(this.#metricOf);
      this.#metricOf = larger;
    }
    this.#metricOf[seriesId] = metricId;
  }

  /** For a series read back from the journal, whose row is there; `names` by the id of the metric. */
  admitKnown(seriesId: number, names: ReadonlyMap<number, string>): number {
    const known = this.slots.ofId(seriesId);
    if (known !== undefined) return known;
    const metricId = this.metricOf(seriesId);
    const slot = this.#admit({ id: seriesId, metricId });
    this.#name(slot, names.get(metricId) ?? '');
    return slot;
  }

  /**
   * Resolves when new rows are committed, after it has said of each, by its place, what became of it. That is said in the turn in which the slots are given: a turn later
   * they may have been given to others. No limit on how many there are holds for `own` ones.
   */
  async admit(all: readonly Labels[], tell: (index: number, admitted: Admitted) => void, own = false): Promise<void> {
    while (this.#removal !== null) await this.#removal;
    this.#registering += 1;
    try {
      await this.#register(all, tell, own);
    } finally {
      this.#registering -= 1;
    }
  }

  /** Runs `remove` while no series is admitted; it is told which series are being written. */
  async removing(remove: (isWritten: (seriesId: number) => boolean) => Promise<void>): Promise<void> {
    while (this.#registering > 0 || this.#removal !== null) await (this.#removal ?? pause(WAIT_MS));
    const removal = remove((seriesId) => this.slots.ofId(seriesId) !== undefined);
    this.#removal = removal.then(undefined, () => undefined).finally(() => (this.#removal = null));
    await removal;
  }

  async #register(all: readonly Labels[], tell: (index: number, admitted: Admitted) => void, own: boolean): Promise<void> {
    const isKnown = own ? all.map(() => true) : await this.#knownAtLimit(all);
    const verdicts = all.map((labels, i) => (own ? null : reservedRefusal(labels)) ?? this.#refusal(labels, isKnown[i]!));
    const accepted = all.filter((_, i) => verdicts[i] === null);
    try {
      const series = await this.store.register(accepted);
      this.registered(series);
      let at = 0;
      for (const [i, refused] of verdicts.entries()) tell(i, refused ?? { slot: this.#admitNew(series[at++]!) });
    } finally {
      this.#reserved -= accepted.length;
      for (const labels of accepted) this.#count(metricName(labels), -1);
    }
  }

  /** Joins a key to a slot, unless there are so many spellings that someone must be making them up. */
  join(low: number, high: number, slot: number): void {
    if (this.slots.keys > KEYS_A_SERIES * (this.slots.size + 1_024)) this.slots.forgetKeys();
    this.slots.join(low, high, slot);
  }

  /** Lets go of the series that nobody writes any more. */
  sweep(isWritten: (slot: number) => boolean): void {
    this.slots.sweep(isWritten);
    for (const [slot, name] of this.#nameOfSlot) {
      if (isWritten(slot)) continue;
      this.#nameOfSlot.delete(slot);
      this.#count(name, -1);
    }
  }

  /** Which of them are being written already, under another key: a limit is none for them. Looked up only when it matters. */
  async #knownAtLimit(all: readonly Labels[]): Promise<readonly boolean[]> {
    const { maxSeries } = this.limits;
    const mayMeetLimit = this.slots.size + this.#reserved + all.length > maxSeries || all.some((labels) => this.#isFull(metricName(labels), all.length));
    if (!mayMeetLimit) return all.map(() => false);
    const ids = await this.store.idsOf(all);
    return ids.map((id) => id !== null && this.slots.ofId(id) !== undefined);
  }

  #isFull(name: string, more: number): boolean {
    return (this.#seriesOfMetric.get(name) ?? 0) + more > this.limits.maxSeriesPerMetric;
  }

  #refusal(labels: Labels, isKnown: boolean): Admitted | null {
    const problem = labelsRefusal(labels, this.limits);
    if (problem !== null) return { slot: null, kind: 'labels', reason: problem };
    const name = metricName(labels);
    const { maxSeries, maxSeriesPerMetric } = this.limits;
    const all = this.slots.size + this.#reserved;
    if (isKnown || (all < maxSeries && !this.#isFull(name, 1))) {
      // A place is kept while the row is made, so that requests that come together do not pass the limit together.
      this.#reserved += 1;
      this.#count(name, 1);
      return null;
    }
    this.#refusedOfMetric.set(name, (this.#refusedOfMetric.get(name) ?? 0) + 1);
    const reason = all >= maxSeries ? `There are ${maxSeries} series, which is the limit` : `The metric ${shown(name)} has ${maxSeriesPerMetric} series, which is its limit`;
    return { slot: null, kind: 'tooMany', reason: `${reason}: no new ones are kept, such as one of ${shown(name)}; those that are known go on.` };
  }

  #admitNew(series: StoredSeries): number {
    this.noteMetric(series.id, series.metricId);
    const slot = this.slots.ofId(series.id) ?? this.#admit(series);
    if (!this.#nameOfSlot.has(slot)) this.#name(slot, metricName(series.labels));
    return slot;
  }

  #name(slot: number, name: string): void {
    this.#nameOfSlot.set(slot, name);
    this.#count(name, 1);
  }

  #count(name: string, change: 1 | -1): void {
    const count = (this.#seriesOfMetric.get(name) ?? 0) + change;
    if (count === 0) this.#seriesOfMetric.delete(name);
    else this.#seriesOfMetric.set(name, count);
  }

  #admit(series: { readonly id: number; readonly metricId: number }): number {
    const slot = this.slots.admit(series);
    this.head.clear(slot);
    return slot;
  }
}

function reservedRefusal(labels: Labels): Admitted | null {
  const name = metricName(labels);
  if (!name.startsWith(EDGE_METRIC_PREFIX)) return null;
  return { slot: null, kind: 'labels', reason: `The metric ${shown(name)} is not taken: names that begin with ${EDGE_METRIC_PREFIX} are kept for what Faultline's own agents record. Rename it by relabelling.` };
}

function metricName(labels: Labels): string {
  return labels.find(({ name }) => name === METRIC_NAME)?.value ?? '';
}
