import { ByteHash } from '../labels/byte-hash.js';
import { decodeV1, readLabelsV1 } from './decode-v1.js';
import { decodeV2, readLabelsV2, readMetadataV2 } from './decode-v2.js';
import { ProtoReader } from './proto-reader.js';
import { RemoteWriteError } from './remote-write-error.js';
import { SnappyBlocks } from './snappy-block.js';
import { SymbolTable } from './symbol-table.js';
import type { SeriesLabels, WriteBatch } from './write-batch.js';
import { WriteColumns } from './write-columns.js';
import { WrittenLabels } from './written-labels.js';

/**
 * Decodes the bodies of remote write requests, one after another into the same memory: a batch holds until the next `decode`.
 *
 *     body -> snappy -> protobuf -> columns and keys; labels only when asked for
 */
export class RemoteWriteDecoder {
  readonly #maxBytes: number;
  readonly #hash: ByteHash;
  readonly #snappy = new SnappyBlocks();
  readonly #columns = new WriteColumns();
  readonly #symbols = new SymbolTable();

  /** `maxBytes`: the most that a body may decompress to. `seed`: for the series' keys, 64 random bits, drawn once per process. */
  constructor({ maxBytes, seed }: { readonly maxBytes: number; readonly seed: { readonly low: number; readonly high: number } }) {
    this.#maxBytes = maxBytes;
    this.#hash = new ByteHash(seed);
  }

  /** Throws RemoteWriteError when nothing of the body can be used. */
  decode(version: 1 | 2, body: Uint8Array): WriteBatch {
    const bytes = this.#snappy.decompress(body, this.#maxBytes);
    const reader = new ProtoReader(bytes);
    const columns = this.#columns;
    columns.clear();
    this.#symbols.clear(bytes);
    if (version === 1) decodeV1(reader, columns, this.#hash);
    else decodeV2(reader, columns, this.#symbols, this.#hash);
    const { keysLow, keysHigh, seriesCount, sampleEnds, timesMs, values, kinds, startsMs, histograms, exemplars, families, rejected, rejectedCount } = columns;
    const columnsOfBatch = { keysLow, keysHigh, seriesCount, sampleEnds, timesMs, values, kinds, startsMs, histograms, exemplars, families, rejected, rejectedCount };
    return {
      ...columnsOfBatch,
      labels: (series) => this.#labels(version, reader, series),
      metadata: (series) => (version === 1 ? null : readMetadataV2(this.#narrow(reader, series), this.#symbols)),
    };
  }

  #labels(version: 1 | 2, reader: ProtoReader, series: number): SeriesLabels {
    const written = new WrittenLabels();
    try {
      if (version === 1) readLabelsV1(this.#narrow(reader, series), written);
      else readLabelsV2(this.#narrow(reader, series), this.#symbols, written);
    } catch (cause) {
      // The message was read before, but for what is inside of 1.0's labels.
      if (!(cause instanceof RemoteWriteError)) throw cause;
      written.refuse(cause.message);
    }
    const { labels, problem } = written.ofSeries();
    if (problem === null) return { kind: 'labels', labels };
    return { kind: 'rejected', rejected: { part: 'series', position: this.#columns.positions[series]!, reason: problem } };
  }

  #narrow(reader: ProtoReader, series: number): ProtoReader {
    reader.at = this.#columns.messageFrom[series]!;
    reader.end = this.#columns.messageTo[series]!;
    return reader;
  }
}
