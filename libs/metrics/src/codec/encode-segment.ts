import type { SampleRun } from '../samples/sample-run.js';
import { ByteWriter } from './byte-writer.js';
import { crc32c } from './crc32c.js';
import { FloatColumns } from './float-column.js';
import { MAX_BYTES_IN_DIRECTORY, MAX_SERIES, PLACE, SEGMENT_VERSION } from './segment-format.js';
import { writeSlice } from './series-slice.js';
import { TimeColumns } from './time-columns.js';

export interface SegmentSeries {
  /** A whole number below 2^32, in no other series of the segment. */
  readonly seriesId: number;
  readonly samples: SampleRun;
}

/** Two pieces of bytes to be kept apart: the directory is read in whole, and says which part of the data holds a series. */
export interface EncodedSegment {
  readonly directory: Uint8Array<ArrayBuffer>;
  readonly data: Uint8Array<ArrayBuffer>;
}

/**
 * The samples of series that are likely to be asked for together, in any order, which is kept. Times are stored once for all series that share them. Values come back
 * bit for bit, but for NaN, all of which become the quiet one. Throws RangeError for samples that cannot be: none or more than MAX_SAMPLES_OF_SERIES of a series, columns of
 * different lengths, times that do not ascend, unknown kinds, a histogram that is missing; and for more than MAX_SERIES.
 */
export function encodeSegment(series: readonly SegmentSeries[]): EncodedSegment {
  requireDistinct(series);
  const times = new TimeColumns();
  const timeColumns = series.map(({ samples }) => times.add(samples.timesMs));
  const slices = new Slices();
  series.forEach(({ samples }) => slices.add(samples));
  const writer = new ByteWriter();
  writer.byte(SEGMENT_VERSION);
  times.write(writer, slices.columns, new ByteWriter());
  writer.varint(series.length);
  series.forEach(({ seriesId }, i) => writer.signed(seriesId - (series[i - 1]?.seriesId ?? 0)));
  writeRuns(writer, timeColumns);
  slices.writePlaces(writer);
  writer.uint32(crc32c(writer.bytes, 0, writer.at));
  return { directory: writer.taken(), data: slices.data.taken() };
}

function requireDistinct(series: readonly SegmentSeries[]): void {
  if (series.length > MAX_SERIES) throw new RangeError(`A segment has at most ${MAX_SERIES} series, not ${series.length}.`);
  const seen = new Set<number>();
  for (const { seriesId, samples } of series) {
    if (seriesId >>> 0 !== seriesId || seen.has(seriesId)) throw new RangeError(`A series id is a whole number below 2^32 and comes once in a segment; not so ${seriesId}.`);
    requireColumns(samples);
    seen.add(seriesId);
  }
}

function requireColumns({ timesMs, values, kinds, histograms, startsMs }: SampleRun): void {
  const lengths = [values, kinds, histograms, startsMs].map((column) => column?.length ?? timesMs.length);
  if (lengths.some((length) => length !== timesMs.length)) throw new RangeError(`A series has ${timesMs.length} times, but columns of ${lengths.join(', ')}.`);
}

function writeRuns(writer: ByteWriter, numbers: readonly number[]): void {
  for (let i = 0; i < numbers.length; ) {
    const from = i;
    while (i < numbers.length && numbers[i] === numbers[from]) i += 1;
    writer.varint(numbers[from]!);
    writer.varint(i - from - 1);
  }
}

/** The slices, each written once, and where it is. */
class Slices {
  readonly columns = new FloatColumns();
  readonly data = new ByteWriter();
  readonly #inDirectory = new ByteWriter();
  readonly #places: number[] = [];
  readonly #checksums: number[] = [];
  readonly #byChecksum = new Map<number, { readonly series: number; readonly from: number; readonly to: number }>();

  add(samples: SampleRun): void {
    const from = this.data.at;
    writeSlice(this.data, this.columns, samples);
    const length = this.data.at - from;
    if (length <= MAX_BYTES_IN_DIRECTORY) {
      this.#inDirectory.append(this.data.bytes.subarray(from, this.data.at));
      this.data.at = from;
      this.#places.push(4 * length + PLACE.directory);
    } else this.#addToData(from, length);
  }

  #addToData(from: number, length: number): void {
    const { bytes, at } = this.data;
    const checksum = crc32c(bytes, from, at);
    const alike = this.#byChecksum.get(checksum);
    if (alike !== undefined && equalBytes(bytes, alike, { from, to: at })) {
      this.data.at = from;
      this.#places.push(4 * (this.#places.length - alike.series - 1) + PLACE.shared);
      return;
    }
    this.#byChecksum.set(checksum, { series: this.#places.length, from, to: at });
    this.#checksums.push(checksum);
    this.#places.push(4 * length + PLACE.data);
  }

  writePlaces(writer: ByteWriter): void {
    for (const place of this.#places) writer.varint(place);
    for (const checksum of this.#checksums) writer.uint32(checksum);
    writer.append(this.#inDirectory.bytes.subarray(0, this.#inDirectory.at));
  }
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function equalBytes(bytes: Uint8Array, one: Range, other: Range): boolean {
  if (one.to - one.from !== other.to - other.from) return false;
  for (let i = other.from - one.from, at = one.from; at < one.to; at++) if (bytes[at] !== bytes[at + i]) return false;
  return true;
}
