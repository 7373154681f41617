import { SAMPLE_KIND } from '../samples/sample-run.js';
import { ByteWriter } from './byte-writer.js';
import { crc32c } from './crc32c.js';
import { MAX_BUCKETS, writeHistogram } from './histogram-code.js';
import { MAX_JOURNAL_SAMPLES } from './journal-batch.js';
import type { JournalBatch } from './journal-batch.js';
import { JOURNAL_FLAG, JOURNAL_VERSION } from './journal-format.js';
import { writeSeriesColumn } from './journal-series-column.js';
import { writeStartColumn } from './journal-start-column.js';
import { JournalState } from './journal-state.js';
import { writeValueColumn } from './journal-value-column.js';
import { writeKinds } from './kind-runs.js';
import { writeTimeRuns } from './time-runs.js';

/**
 * Writes the blobs of one part of the journal, each against all before it. The first one says that it begins afresh: a writer that does not know what became of a
 * blob takes a new encoder, and the part goes on. The last histogram of each series is kept, not copied.
 */
export class JournalEncoder {
  #state = new JournalState();
  readonly #writer = new ByteWriter();
  #numbers = new Int32Array(0);

  /**
   * Throws RangeError for a batch that is none: a count beyond its columns or MAX_JOURNAL_SAMPLES, an id, time, start or kind that cannot be,
   * a histogram that is missing, too many buckets.
   */
  encode(batch: JournalBatch): Uint8Array<ArrayBuffer> {
    try {
      return this.#encode(batch);
    } catch (error) {
      // Half of the batch may be in the state, which no reader will ever see.
      this.#state = new JournalState();
      throw error;
    }
  }

  #encode(batch: JournalBatch): Uint8Array<ArrayBuffer> {
    requireColumns(batch);
    const state = this.#state;
    const writer = this.#writer;
    const { count } = batch;
    const hasKinds = hasNonZero(batch.kinds, count);
    const hasStarts = hasNonZero(batch.startsMs, count);
    writer.at = 0;
    writer.byte(JOURNAL_VERSION);
    writer.byte((state.checksum === null ? JOURNAL_FLAG.reset : 0) | (hasKinds ? JOURNAL_FLAG.kinds : 0) | (hasStarts ? JOURNAL_FLAG.starts : 0));
    if (state.checksum !== null) writer.uint32(state.checksum);
    writer.varint(count);
    const numbers = this.#numbersFor(count);
    writeSeriesColumn(writer, state, batch.seriesIds, numbers);
    writeTimeRuns(writer, batch.timesMs, count);
    if (hasKinds) writeKinds(writer, batch.kinds, count);
    if (hasStarts) writeStartColumn(writer, state, batch.startsMs, numbers);
    writeValueColumn(writer, state.series, batch, numbers);
    if (hasKinds) writeHistograms(writer, state, batch, numbers);
    state.checksum = crc32c(writer.bytes, 0, writer.at);
    writer.uint32(state.checksum);
    return writer.taken();
  }

  #numbersFor(count: number): Int32Array {
    if (this.#numbers.length < count) this.#numbers = new Int32Array(count);
    return this.#numbers.subarray(0, count);
  }
}

function requireColumns({ count, seriesIds, timesMs, values, kinds, startsMs }: JournalBatch): void {
  const shortest = Math.min(seriesIds.length, timesMs.length, values.length, kinds.length, startsMs.length, MAX_JOURNAL_SAMPLES);
  if (!Number.isInteger(count) || count < 0 || count > shortest) throw new RangeError(`A batch of ${count} samples has columns for ${shortest}; the most is ${MAX_JOURNAL_SAMPLES}.`);
}

function hasNonZero(column: Uint8Array | Float64Array, count: number): boolean {
  for (let i = 0; i < count; i++) if (column[i] !== 0) return true;
  return false;
}

function writeHistograms(writer: ByteWriter, { series }: JournalState, { kinds, histograms }: JournalBatch, numbers: Int32Array): void {
  let buckets = 0;
  for (let i = 0; i < numbers.length; i++) {
    if (kinds[i] !== SAMPLE_KIND.histogram) continue;
    const histogram = histograms.get(i);
    if (histogram === undefined) throw new RangeError(`Sample ${i} of a batch is a histogram, but there is none for it.`);
    buckets += histogram.positive.counts.length + histogram.negative.counts.length;
    if (buckets > MAX_BUCKETS) throw new RangeError(`The histograms of a batch have more than ${MAX_BUCKETS} buckets.`);
    writeHistogram(writer, histogram, series.histograms.get(numbers[i]!) ?? null);
    series.histograms.set(numbers[i]!, histogram);
  }
}
