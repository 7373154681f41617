import type { Histogram } from '../histogram/histogram.js';
import { SAMPLE_KIND } from '../samples/sample-run.js';
import type { MetricMetadata, RejectedPart, WrittenExemplar } from './write-batch.js';
import { requireWithin } from './write-limits.js';

// Room for a request of a sender with default settings; kept and doubled as requests need it.
const FIRST_CAPACITY = 4_096;
// A request can be wrong in every byte; a sender needs the first reasons, not all.
const MAX_REJECTED_LISTED = 100;
// What an unusual request has made larger than this is given back after it.
const KEPT_CAPACITY = 131_072;

/** Where the decoders write to: the columns of WriteBatch, and for each series the bytes of its message. */
export class WriteColumns {
  seriesCount = 0;
  keysLow = new Int32Array(FIRST_CAPACITY);
  keysHigh = new Int32Array(FIRST_CAPACITY);
  sampleEnds = new Uint32Array(FIRST_CAPACITY);
  /** The series' message: first byte, byte behind it, and its place among the series of the request. */
  messageFrom = new Uint32Array(FIRST_CAPACITY);
  messageTo = new Uint32Array(FIRST_CAPACITY);
  positions = new Uint32Array(FIRST_CAPACITY);

  sampleCount = 0;
  timesMs = new Float64Array(FIRST_CAPACITY);
  values = new Float64Array(FIRST_CAPACITY);
  startsMs = new Float64Array(FIRST_CAPACITY);
  kinds = new Uint8Array(FIRST_CAPACITY);

  histograms = new Map<number, Histogram>();
  exemplars: WrittenExemplar[] = [];
  families = new Map<string, MetricMetadata>();
  rejected: RejectedPart[] = [];
  rejectedCount = 0;
  /** How many series the message has so far, refused ones included: the place of the one being read. */
  position = 0;
  /** Of all histograms so far. */
  bucketCount = 0;
  // Where the series being read began, so that it can be taken back.
  #firstSample = 0;
  #firstExemplar = 0;

  clear(): void {
    this.seriesCount = 0;
    this.sampleCount = 0;
    this.position = 0;
    this.bucketCount = 0;
    this.rejectedCount = 0;
    // New ones: the batch before may have been kept by someone.
    this.histograms = new Map();
    this.exemplars = [];
    this.families = new Map();
    this.rejected = [];
    if (this.keysLow.length > KEPT_CAPACITY) this.#resizeSeries(FIRST_CAPACITY);
    if (this.timesMs.length > KEPT_CAPACITY) this.#resizeSamples(FIRST_CAPACITY);
  }

  startSeries(byte: number): void {
    requireWithin('series', this.position + 1, byte);
    this.#firstSample = this.sampleCount;
    this.#firstExemplar = this.exemplars.length;
  }

  get exemplarsOfSeries(): number {
    return this.exemplars.length - this.#firstExemplar;
  }

  endSeries(key: { readonly low: number; readonly high: number }, from: number, to: number): void {
    const series = this.seriesCount;
    if (series === this.keysLow.length) this.#resizeSeries(2 * series);
    this.keysLow[series] = key.low;
    this.keysHigh[series] = key.high;
    this.sampleEnds[series] = this.sampleCount;
    this.messageFrom[series] = from;
    this.messageTo[series] = to;
    this.positions[series] = this.position;
    this.seriesCount = series + 1;
    this.position += 1;
  }

  /** Takes back all of the series being read. */
  rejectSeries(reason: string): void {
    if (this.histograms.size > 0) for (let sample = this.#firstSample; sample < this.sampleCount; sample++) this.histograms.delete(sample);
    this.sampleCount = this.#firstSample;
    this.exemplars.length = this.#firstExemplar;
    this.reject({ part: 'series', position: this.position, reason });
    this.position += 1;
  }

  reject(rejected: RejectedPart): void {
    if (this.rejected.length < MAX_REJECTED_LISTED) this.rejected.push(rejected);
    this.rejectedCount += 1;
  }

  sample(timeMs: number, startMs: number, value: number, stale: boolean): void {
    const at = this.sampleCount;
    if (at === this.timesMs.length) this.#growSamples();
    this.timesMs[at] = timeMs;
    this.startsMs[at] = startMs;
    this.values[at] = value;
    this.kinds[at] = stale ? SAMPLE_KIND.stale : SAMPLE_KIND.float;
    this.sampleCount = at + 1;
  }

  histogram(timeMs: number, startMs: number, histogram: Histogram): void {
    this.sample(timeMs, startMs, NaN, false);
    this.kinds[this.sampleCount - 1] = SAMPLE_KIND.histogram;
    this.histograms.set(this.sampleCount - 1, histogram);
  }

  #growSamples(): void {
    requireWithin('samples', this.sampleCount + 1, 0);
    this.#resizeSamples(2 * this.sampleCount);
  }

  #resizeSamples(capacity: number): void {
    this.timesMs = resized(this.timesMs, new Float64Array(capacity));
    this.values = resized(this.values, new Float64Array(capacity));
    this.startsMs = resized(this.startsMs, new Float64Array(capacity));
    this.kinds = resized(this.kinds, new Uint8Array(capacity));
  }

  #resizeSeries(capacity: number): void {
    this.keysLow = resized(this.keysLow, new Int32Array(capacity));
    this.keysHigh = resized(this.keysHigh, new Int32Array(capacity));
    this.sampleEnds = resized(this.sampleEnds, new Uint32Array(capacity));
    this.messageFrom = resized(this.messageFrom, new Uint32Array(capacity));
    this.messageTo = resized(this.messageTo, new Uint32Array(capacity));
    this.positions = resized(this.positions, new Uint32Array(capacity));
  }
}

function resized<Column extends { readonly length: number; set(from: Column): void; subarray(from: number, to: number): Column }>(from: Column, to: Column): Column {
  to.set(from.length > to.length ? from.subarray(0, to.length) : from);
  return to;
}
