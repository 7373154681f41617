import type { SampleRun } from '../samples/sample-run.js';
import { ByteReader } from './byte-reader.js';
import { CodecError, malformed } from './codec-error.js';
import { crc32c } from './crc32c.js';
import { CHECKSUM_BYTES, MAX_BYTES_IN_DIRECTORY, MAX_SERIES, PLACE, SEGMENT_VERSION } from './segment-format.js';
import { readSlice } from './series-slice.js';
import { readTimeColumns } from './time-columns.js';
import type { StoredTimes } from './time-columns.js';

/** Where a series is: samples from `fromMs` to `toMs`, both included, in `length` bytes of the data from `offset` on. Without any, where the length is 0. */
export interface SegmentEntry {
  /** Place among the segment's series. */
  readonly index: number;
  readonly seriesId: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly sampleCount: number;
  readonly offset: number;
  readonly length: number;
}

// Objects and array elements that are kept of each series, roughly.
const BYTES_OF_SERIES = 100;
const BYTES_OF_TIME = 8;

/** Of one series: `inDirectory` holds the slice where it is not in the data. */
interface Place {
  readonly offset: number;
  readonly length: number;
  readonly checksum: number;
  readonly inDirectory: Uint8Array | null;
}

/** Reads a segment series by series. The constructor throws CodecError, and keeps a view of the directory. */
export class SegmentReader {
  readonly seriesIds: Float64Array;
  readonly #timeColumns: readonly StoredTimes[];
  readonly #timeColumnOf: Uint32Array;
  readonly #places: readonly Place[];
  readonly #directoryBytes: number;

  constructor(directory: Uint8Array) {
    this.#directoryBytes = directory.length;
    const reader = new ByteReader(directory, 1, requireSound(directory));
    this.#timeColumns = readTimeColumns(reader, MAX_SERIES);
    const count = reader.varint();
    if (count > MAX_SERIES) throw malformed(`a segment has ${count} series`);
    this.seriesIds = readIds(reader, count);
    this.#timeColumnOf = readRuns(reader, count, this.#timeColumns.length);
    this.#places = readPlaces(reader, count);
    reader.requireEnd();
  }

  /** About what this holds in memory once all its times are decoded, its directory included. */
  get memoryBytes(): number {
    return this.#directoryBytes + BYTES_OF_SERIES * this.seriesIds.length + BYTES_OF_TIME * this.#timeColumns.reduce((sum, { count }) => sum + count, 0);
  }

  /** Null where the segment has no such series. */
  entry(seriesId: number): SegmentEntry | null {
    const index = this.seriesIds.indexOf(seriesId);
    return index < 0 ? null : this.entryAt(index);
  }

  /** Of the series that is `seriesIds[index]`. */
  entryAt(index: number): SegmentEntry {
    const { count, firstMs, lastMs } = this.#timesOf(index);
    const { offset, length } = this.#places[index]!;
    return { index, seriesId: this.seriesIds[index]!, fromMs: firstMs, toMs: lastMs, sampleCount: count, offset, length };
  }

  /**
   * The samples of a series of this segment; `slice` is what the data holds from `entry.offset` on, `entry.length` bytes of it. Series with the same times share the array,
   * so it must not be changed. Throws CodecError for other bytes than were written.
   */
  samples({ index, seriesId }: SegmentEntry, slice: Uint8Array): SampleRun {
    if (this.seriesIds[index] !== seriesId) throw new RangeError(`The segment has no series ${seriesId} at ${index}.`);
    const { length, checksum, inDirectory } = this.#places[index]!;
    if (slice.length !== length || (inDirectory === null && crc32c(slice) !== checksum)) {
      throw new CodecError('checksum', `The samples of series ${seriesId} are damaged: the ${slice.length} bytes are not the ${length} that were written.`);
    }
    return readSlice(inDirectory ?? slice, this.#timesOf(index).timesMs);
  }

  #timesOf(index: number): StoredTimes {
    return this.#timeColumns[this.#timeColumnOf[index]!]!;
  }
}

/** Gives where the content ends. */
function requireSound(directory: Uint8Array): number {
  if (directory.length > 0 && directory[0] !== SEGMENT_VERSION) throw new CodecError('version', `A segment is of version ${directory[0]}; known is ${SEGMENT_VERSION}.`);
  const end = directory.length - CHECKSUM_BYTES;
  if (end > 0 && crc32c(directory, 0, end) === new ByteReader(directory, end).uint32()) return end;
  throw new CodecError('checksum', `The directory of a segment is damaged: its ${directory.length} bytes do not have the checksum they had.`);
}

function readIds(reader: ByteReader, count: number): Float64Array {
  const ids = new Float64Array(count);
  let id = 0;
  for (let i = 0; i < count; i++) {
    id += reader.signed();
    if (id >>> 0 !== id) throw malformed('a series id is beyond 32 bits');
    ids[i] = id;
  }
  return ids;
}

function readRuns(reader: ByteReader, count: number, below: number): Uint32Array {
  const numbers = new Uint32Array(count);
  for (let i = 0; i < count; ) {
    const number = reader.varint();
    const to = i + reader.varint() + 1;
    if (number >= below || to > count) throw malformed('a run of time columns is too long, or of none');
    numbers.fill(number, i, to);
    i = to;
  }
  return numbers;
}

function readPlaces(reader: ByteReader, count: number): readonly Place[] {
  const tokens = Array.from({ length: count }, () => reader.varint());
  const inData = new ByteReader(reader.bytes, reader.at, reader.end);
  reader.take(CHECKSUM_BYTES * tokens.filter((token) => token % 4 === PLACE.data).length);
  const places: Place[] = [];
  let offset = 0;
  for (const token of tokens) {
    const size = Math.floor(token / 4);
    if (token % 4 === PLACE.data) {
      places.push({ offset, length: size, checksum: inData.uint32(), inDirectory: null });
      offset += size;
    } else if (token % 4 === PLACE.directory && size <= MAX_BYTES_IN_DIRECTORY) {
      places.push({ offset: 0, length: 0, checksum: 0, inDirectory: reader.take(size) });
    } else {
      const shared = token % 4 === PLACE.shared ? places[places.length - 1 - size] : undefined;
      if (shared === undefined) throw malformed('a series shares what is not there');
      places.push(shared);
    }
  }
  return places;
}
