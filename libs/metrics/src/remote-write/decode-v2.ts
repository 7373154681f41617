import type { ByteHash } from '../labels/byte-hash.js';
import type { ProtoReader } from './proto-reader.js';
import { readExemplar } from './read-exemplar.js';
import { readHistogram } from './read-histogram.js';
import { readSample } from './read-sample.js';
import type { SymbolTable } from './symbol-table.js';
import { METRIC_TYPES } from './write-batch.js';
import type { MetricMetadata } from './write-batch.js';
import type { WriteColumns } from './write-columns.js';
import type { WrittenLabels } from './written-labels.js';

// prompb/io/prometheus/write/v2/types.proto, as tags: field number times eight, plus wire type.
const SYMBOL = (4 << 3) | 2;
const SERIES = (5 << 3) | 2;
const KNOWN_OF_REQUEST = 0b110000;
const REFERENCE = (1 << 3) | 0;
const REFERENCES = (1 << 3) | 2;
const SAMPLE = (2 << 3) | 2;
const HISTOGRAM = (3 << 3) | 2;
const EXEMPLAR = (4 << 3) | 2;
const METADATA = (5 << 3) | 2;
const KNOWN_OF_SERIES = 0b111110;
const TYPE = (1 << 3) | 0;
const HELP_REFERENCE = (3 << 3) | 0;
const UNIT_REFERENCE = (4 << 3) | 0;
const KNOWN_OF_METADATA = 0b11010;

/** `io.prometheus.write.v2.Request` (Remote-Write 2.0). Throws RemoteWriteError. */
export function decodeV2(reader: ProtoReader, columns: WriteColumns, symbols: SymbolTable, hash: ByteHash): void {
  // Twice over the message: protobuf lets symbols stand behind the series that refer to them.
  eachOf(reader, SYMBOL, () => symbols.add(reader, hash));
  reader.at = 0;
  const series = new SeriesReader(reader, columns, symbols, hash);
  eachOf(reader, SERIES, () => series.read());
}

function eachOf(reader: ProtoReader, wanted: number, read: () => void): void {
  while (reader.at < reader.end) {
    const tag = reader.tag();
    if (tag === wanted) read();
    else reader.skip(tag, tag === SYMBOL || tag === SERIES ? 0 : KNOWN_OF_REQUEST);
  }
}

class SeriesReader {
  readonly #reader: ProtoReader;
  readonly #columns: WriteColumns;
  readonly #symbols: SymbolTable;
  readonly #hash: ByteHash;
  // Of the series being read; the references of its labels are the first of `refs`, and the largest is of all.
  #refs = new Uint32Array(256);
  #references = 0;
  #largest = 0;
  #floats = 0;
  #histograms = 0;

  constructor(reader: ProtoReader, columns: WriteColumns, symbols: SymbolTable, hash: ByteHash) {
    this.#reader = reader;
    this.#columns = columns;
    this.#symbols = symbols;
    this.#hash = hash;
  }

  /** The key is made of the symbols' hashes, so it does not depend on where this request happens to keep them. */
  read(): void {
    const reader = this.#reader;
    const outerEnd = reader.enter();
    const from = reader.at;
    this.#columns.startSeries(from);
    this.#references = 0;
    this.#largest = 0;
    this.#floats = 0;
    this.#histograms = 0;
    while (reader.at < reader.end) this.#readField();
    const problem = this.#problem();
    if (problem === null) {
      this.#hash.start();
      this.#hash.entries(this.#symbols.low, this.#symbols.high, this.#refs, this.#references);
      this.#hash.end();
      this.#columns.endSeries(this.#hash, from, reader.end);
    } else this.#columns.rejectSeries(problem);
    reader.leave(outerEnd);
  }

  #readField(): void {
    const reader = this.#reader;
    const columns = this.#columns;
    const tag = reader.tag();
    if (tag === SAMPLE) {
      this.#floats += 1;
      readSample(reader, columns);
    } else if (tag === REFERENCES) this.#readReferences();
    else if (tag === METADATA) this.#readMetadata();
    else if (tag === HISTOGRAM) {
      this.#histograms += 1;
      readHistogram(reader, columns);
    } else if (tag === EXEMPLAR) readExemplar(reader, columns, (labelsTag, into) => readLabels(reader, labelsTag, this.#symbols, into));
    else if (tag === REFERENCE) this.#readReference();
    else reader.skip(tag, KNOWN_OF_SERIES);
  }

  #readReferences(): void {
    const reader = this.#reader;
    const outerEnd = reader.enter();
    if (this.#references + reader.end - reader.at > this.#refs.length) this.#refs = grown(this.#refs, this.#references + reader.end - reader.at);
    // Two dozen in every series, nearly all of one or two bytes: read here rather than by a call each.
    const { bytes, end } = reader;
    const refs = this.#refs;
    let count = this.#references;
    let largest = this.#largest;
    let at = reader.at;
    while (at < end) {
      let reference = bytes[at]!;
      if (reference < 0x80) at += 1;
      else if (at + 1 < end && bytes[at + 1]! < 0x80) {
        reference = (reference & 0x7f) | (bytes[at + 1]! << 7);
        at += 2;
      } else {
        reader.at = at;
        reference = reader.uint32();
        at = reader.at;
      }
      refs[count++] = reference;
      if (reference > largest) largest = reference;
    }
    this.#references = count;
    this.#largest = largest;
    reader.at = end;
    reader.leave(outerEnd);
  }

  #readReference(): void {
    if (this.#references === this.#refs.length) this.#refs = grown(this.#refs, this.#references + 1);
    const reference = this.#reader.uint32();
    this.#refs[this.#references++] = reference;
    this.#largest = Math.max(this.#largest, reference);
  }

  #readMetadata(): void {
    const { help, unit } = readMetadataFields(this.#reader);
    this.#largest = Math.max(this.#largest, help, unit);
  }

  #problem(): string | null {
    // Metadata without texts refers to 0, even where there is no table.
    if (this.#largest + this.#references > 0 && this.#largest >= this.#symbols.count) return outside(this.#symbols);
    if (this.#references % 2 === 1) return `its labels are ${this.#references} references, which are no pairs`;
    if (this.#floats > 0 && this.#histograms > 0) return 'it has both samples and histograms';
    // Prometheus sends exemplars in series of their own.
    return this.#floats + this.#histograms + this.#columns.exemplarsOfSeries === 0 ? 'it has no sample, no histogram and no exemplar' : null;
  }
}

function grown(refs: Uint32Array<ArrayBuffer>, atLeast: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(2 * refs.length, atLeast));
  larger.set(refs);
  return larger;
}

/** Of the series whose message the reader is narrowed to. */
export function readLabelsV2(reader: ProtoReader, symbols: SymbolTable, into: WrittenLabels): void {
  while (reader.at < reader.end) {
    const tag = reader.tag();
    if (!readLabels(reader, tag, symbols, into)) reader.skip(tag, 0);
  }
}

function readLabels(reader: ProtoReader, tag: number, symbols: SymbolTable, into: WrittenLabels): boolean {
  if (tag === REFERENCE) addReference(reader.uint32(), symbols, into);
  else if (tag === REFERENCES) {
    const outerEnd = reader.enter();
    while (reader.at < reader.end) addReference(reader.uint32(), symbols, into);
    reader.leave(outerEnd);
  } else return false;
  return true;
}

function addReference(reference: number, symbols: SymbolTable, into: WrittenLabels): void {
  if (reference < symbols.count) into.part(symbols.text(reference));
  else into.refuse(outside(symbols));
}

function outside(symbols: SymbolTable): string {
  return `it refers to symbols outside of the table, which has ${symbols.count}`;
}

/** The series' own metadata, in the message that the reader is narrowed to. */
export function readMetadataV2(reader: ProtoReader, symbols: SymbolTable): MetricMetadata | null {
  let fields: MetadataFields | null = null;
  while (reader.at < reader.end) {
    const tag = reader.tag();
    if (tag === METADATA) fields = readMetadataFields(reader);
    else reader.skip(tag, 0);
  }
  if (fields === null) return null;
  const text = (reference: number): string => (reference < symbols.count ? (symbols.text(reference) ?? '') : '');
  return { type: METRIC_TYPES[fields.type] ?? 'unknown', help: text(fields.help), unit: text(fields.unit) };
}

interface MetadataFields {
  readonly type: number;
  readonly help: number;
  readonly unit: number;
}

function readMetadataFields(reader: ProtoReader): MetadataFields {
  const outerEnd = reader.enter();
  let type = 0;
  let help = 0;
  let unit = 0;
  while (reader.at < reader.end) {
    const tag = reader.tag();
    if (tag === TYPE) type = reader.uint32();
    else if (tag === HELP_REFERENCE) help = reader.uint32();
    else if (tag === UNIT_REFERENCE) unit = reader.uint32();
    else reader.skip(tag, KNOWN_OF_METADATA);
  }
  reader.leave(outerEnd);
  return { type, help, unit };
}
