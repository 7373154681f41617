import { compareUtf8 } from '../labels/label-order.js';
import type { Label, Labels } from '../labels/labels.js';
import type { Matcher } from '../labels/matcher.js';
import type { IndexedLabel } from './indexed-label.js';
import { matchingIds } from './matching-ids.js';
import { PostingList } from './posting-list.js';
import { intersects, NO_IDS } from './sorted-ids.js';
import type { SortedIds } from './sorted-ids.js';

const MAX_ID = 0xffff_ffff;
const SERIES_PER_CHECKPOINT = 65_536;

/**
 * Which series have which labels, in memory, for a million series and more:
 *
 *     name -> value -> ids, ascending            id -> labels
 */
export class SeriesIndex {
  readonly #byName = new Map<string, Map<string, IndexedLabel>>();
  readonly #labelsOf = new Map<number, Labels>();
  // All ids in order; null after a change that left them out of order or removed some.
  #all: SortedIds | null = NO_IDS;

  get size(): number {
    return this.#labelsOf.size;
  }

  /** `id`: a whole number below 2^32. A series that is there already stays as it is. */
  add(id: number, labels: Labels): void {
    if (!Number.isInteger(id) || id < 0 || id > MAX_ID) throw new RangeError(`${id} is no id of a series: it must be a whole number below 2^32.`);
    if (this.#labelsOf.has(id)) return;
    this.#labelsOf.set(
      id,
      labels.map((label) => this.#indexed(label, id)),
    );
    this.#all = null;
  }

  /** Best in large batches: each label that loses a series is gone over once. Unknown ids are passed over. */
  remove(ids: Iterable<number>): void {
    const gone = new Set<number>();
    const touched = new Set<Label>();
    for (const id of ids) {
      const labels = this.#labelsOf.get(id);
      if (labels === undefined) continue;
      gone.add(id);
      for (const label of labels) touched.add(label);
      this.#labelsOf.delete(id);
    }
    for (const { name, value } of touched) this.#removeFrom(name, value, gone);
    if (gone.size > 0) this.#all = null;
  }

  /** Sharing its parts with all other series. */
  labels(id: number): Labels | undefined {
    return this.#labelsOf.get(id);
  }

  /** All must match; ids ascending. `checkpoint` is called between portions of long work and may throw to end it. Throws PatternError. */
  select(matchers: readonly Matcher[], checkpoint: () => void): SortedIds {
    // A copy: what is found may be a list of the index itself, which later additions change.
    return matchingIds(matchers, { labels: this.#byName, all: () => this.#allIds() }, checkpoint).slice();
  }

  /** In the order of their UTF-8 bytes; those of the series that match, or of all for null. */
  labelNames(matchers: readonly Matcher[] | null, checkpoint: () => void): string[] {
    const names = [...this.#byName.keys()];
    if (matchers === null) return names.sort(compareUtf8);
    const wanted = this.select(matchers, checkpoint);
    return names.filter((name) => this.#valuesAmong(name, wanted, checkpoint).next().done !== true).sort(compareUtf8);
  }

  /** As `labelNames`. */
  labelValues(name: string, matchers: readonly Matcher[] | null, checkpoint: () => void): string[] {
    const values = matchers === null ? (this.#byName.get(name)?.keys() ?? []) : this.#valuesAmong(name, this.select(matchers, checkpoint), checkpoint);
    return [...values].sort(compareUtf8);
  }

  /** How many series each label has, for whoever asks where the cardinality comes from: by name, then by value. */
  counts(): ReadonlyMap<string, ReadonlyMap<string, number>> {
    return new Map([...this.#byName].map(([name, values]) => [name, new Map([...values].map(([value, { series }]) => [value, series.count]))]));
  }

  #indexed({ name, value }: Label, id: number): Label {
    let values = this.#byName.get(name);
    if (values === undefined) this.#byName.set(name, (values = new Map()));
    const known = values.get(value);
    if (known === undefined) {
      const label = { name, value };
      values.set(value, { label, series: new PostingList(id) });
      return label;
    }
    known.series.add(id);
    return known.label;
  }

  #removeFrom(name: string, value: string, gone: ReadonlySet<number>): void {
    const values = this.#byName.get(name)!;
    const { series } = values.get(value)!;
    series.remove(gone);
    if (series.count > 0) return;
    values.delete(value);
    if (values.size === 0) this.#byName.delete(name);
  }

  *#valuesAmong(name: string, wanted: SortedIds, checkpoint: () => void): Generator<string> {
    let looked = 0;
    for (const [value, { series }] of this.#byName.get(name) ?? []) {
      looked += series.count;
      if (looked > SERIES_PER_CHECKPOINT) {
        checkpoint();
        looked = 0;
      }
      if (intersects(series.ids(), wanted)) yield value;
    }
  }

  #allIds(): SortedIds {
    this.#all ??= Uint32Array.from(this.#labelsOf.keys()).sort();
    return this.#all;
  }
}
