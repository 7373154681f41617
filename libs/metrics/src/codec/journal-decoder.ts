import type { Histogram } from '../histogram/histogram.js';
import { SAMPLE_KIND } from '../samples/sample-run.js';
import { ByteReader } from './byte-reader.js';
import { CodecError, malformed } from './codec-error.js';
import { crc32c } from './crc32c.js';
import { HistogramsReader } from './histogram-code.js';
import { MAX_JOURNAL_SAMPLES } from './journal-batch.js';
import type { JournalBatch } from './journal-batch.js';
import { ALL_FLAGS, CHECKSUM_BYTES, HEADER_BYTES, JOURNAL_FLAG, JOURNAL_VERSION } from './journal-format.js';
import { readSeriesColumn } from './journal-series-column.js';
import { readStartColumn } from './journal-start-column.js';
import { JournalState } from './journal-state.js';
import { readValueColumn } from './journal-value-column.js';
import { readKinds } from './kind-runs.js';
import { readTimeRuns } from './time-runs.js';

/** Reads the blobs of one part of the journal in the order in which they were written. A blob that begins afresh may come at any time. */
export class JournalDecoder {
  #state = new JournalState();

  /**
   * Arrays of the result are as long as `count`, and the caller's to keep. Throws CodecError. After a blob that is damaged or out of order the decoder waits for the
   * one that should have come; after a malformed one only for one that begins afresh.
   */
  decode(blob: Uint8Array): JournalBatch {
    const checksum = requireSound(blob);
    const reader = new ByteReader(blob, 1, blob.length - CHECKSUM_BYTES);
    const flags = reader.byte();
    const isReset = (flags & JOURNAL_FLAG.reset) !== 0;
    if (!isReset && reader.uint32() !== this.#state.checksum) throw new CodecError('order', 'A blob of the journal does not follow the one before it.');
    const state = isReset ? new JournalState() : this.#state;
    // Until the end is reached, the state is not what any blob was written against.
    this.#state = new JournalState();
    if (flags > ALL_FLAGS) throw malformed(`a blob has the flags ${flags}`);
    const batch = readBatch(reader, state, flags);
    state.checksum = checksum;
    this.#state = state;
    return batch;
  }
}

function requireSound(blob: Uint8Array): number {
  if (blob.length > 0 && blob[0] !== JOURNAL_VERSION) throw new CodecError('version', `A blob of the journal is of version ${blob[0]}; known is ${JOURNAL_VERSION}.`);
  const bodyBytes = blob.length - CHECKSUM_BYTES;
  if (bodyBytes >= HEADER_BYTES) {
    const checksum = new ByteReader(blob, bodyBytes).uint32();
    if (crc32c(blob, 0, bodyBytes) === checksum) return checksum;
  }
  throw new CodecError('checksum', `A blob of the journal is damaged: its ${blob.length} bytes do not have the checksum they had.`);
}

function readBatch(reader: ByteReader, state: JournalState, flags: number): JournalBatch {
  const count = reader.varint();
  if (count > MAX_JOURNAL_SAMPLES) throw malformed(`a blob has ${count} samples`);
  const numbers = new Int32Array(count);
  const histograms = new Map<number, Histogram>();
  const batch: JournalBatch = {
    count,
    seriesIds: new Float64Array(count),
    timesMs: new Float64Array(count),
    values: new Float64Array(count),
    kinds: new Uint8Array(count),
    startsMs: new Float64Array(count),
    histograms,
  };
  readSeriesColumn(reader, state, batch.seriesIds, numbers);
  readTimeRuns(reader, batch.timesMs);
  if ((flags & JOURNAL_FLAG.kinds) !== 0) readKinds(reader, batch.kinds);
  if ((flags & JOURNAL_FLAG.starts) !== 0) readStartColumn(reader, state, batch.startsMs, numbers);
  readValueColumn(reader, state.series, batch, numbers);
  if ((flags & JOURNAL_FLAG.kinds) !== 0) readHistograms(reader, state, batch.kinds, { numbers, into: histograms });
  reader.requireEnd();
  return batch;
}

function readHistograms(reader: ByteReader, { series }: JournalState, kinds: Uint8Array, { numbers, into }: { numbers: Int32Array; into: Map<number, Histogram> }): void {
  const histograms = new HistogramsReader(reader);
  for (let i = 0; i < numbers.length; i++) {
    if (kinds[i] !== SAMPLE_KIND.histogram) continue;
    const histogram = histograms.next(series.histograms.get(numbers[i]!) ?? null);
    into.set(i, histogram);
    series.histograms.set(numbers[i]!, histogram);
  }
}
