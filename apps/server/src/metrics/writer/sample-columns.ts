import { MAX_JOURNAL_SAMPLES, SAMPLE_KIND } from '#metrics';
import type { Histogram, JournalBatch, SampleKind } from '#metrics';

const SAMPLES_AT_FIRST = 16_384;
// Of one row of the journal, far below what its format can hold.
const MAX_BUCKETS = 2_000_000;

export function bucketsOf(histogram: Histogram | null): number {
  return histogram === null ? 0 : histogram.positive.counts.length + histogram.negative.counts.length;
}

/** Samples of many series in the order in which they came, to be written to the journal. Used again after `clear`. */
export class SampleColumns {
  count = 0;
  seriesIds = new Float64Array(SAMPLES_AT_FIRST);
  timesMs = new Float64Array(SAMPLES_AT_FIRST);
  values = new Float64Array(SAMPLES_AT_FIRST);
  kinds = new Uint8Array(SAMPLES_AT_FIRST);
  startsMs = new Float64Array(SAMPLES_AT_FIRST);
  readonly histograms = new Map<number, Histogram>();

  push(seriesId: number, timeMs: number, value: number, kind: SampleKind, startMs: number, histogram: Histogram | null): void {
    if (this.count === this.timesMs.length) this.#grow();
    this.seriesIds[this.count] = seriesId;
    this.timesMs[this.count] = timeMs;
    this.values[this.count] = value;
    this.kinds[this.count] = kind;
    this.startsMs[this.count] = startMs;
    if (kind === SAMPLE_KIND.histogram && histogram !== null) this.histograms.set(this.count, histogram);
    this.count += 1;
  }

  /** In order, as many at a time as a row of the journal may hold. They share this one's memory. */
  *pieces(): Generator<JournalBatch> {
    for (let from = 0; from < this.count; ) {
      const to = this.endOfPiece(from);
      yield this.slice(from, to);
      from = to;
    }
  }

  private endOfPiece(from: number): number {
    const most = Math.min(this.count, from + MAX_JOURNAL_SAMPLES);
    if (this.histograms.size === 0) return most;
    let buckets = 0;
    for (let i = from; i < most; i += 1) {
      buckets += bucketsOf(this.histograms.get(i) ?? null);
      if (buckets > MAX_BUCKETS && i > from) return i;
    }
    return most;
  }

  private slice(from: number, to: number): JournalBatch {
    if (from === 0 && to === this.count) return this;
    const columns = { seriesIds: this.seriesIds.subarray(from, to), timesMs: this.timesMs.subarray(from, to), values: this.values.subarray(from, to), kinds: this.kinds.subarray(from, to) };
    const histograms = new Map([...this.histograms].filter(([at]) => at >= from && at < to).map(([at, histogram]) => [at - from, histogram]));
    return { count: to - from, ...columns, startsMs: this.startsMs.subarray(from, to), histograms };
  }

  clear(): void {
    this.count = 0;
    this.histograms.clear();
  }

  #grow(): void {
    const { seriesIds, timesMs, values, kinds, startsMs } = this;
    const length = 2 * timesMs.length;
    this.seriesIds = new Float64Array(length);
    this.timesMs = new Float64Array(length);
    this.values = new Float64Array(length);
    this.kinds = new Uint8Array(length);
    this.startsMs = new Float64Array(length);
    this.seriesIds.set(seriesIds);
    this.timesMs.set(timesMs);
    this.values.set(values);
    this.kinds.set(kinds);
    this.startsMs.set(startsMs);
  }
}
