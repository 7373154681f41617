import { BitBytes } from './bit-bytes.js';
import type { ByteReader } from './byte-reader.js';
import type { ByteWriter } from './byte-writer.js';
import { malformed } from './codec-error.js';
import { FloatColumns, readFloatColumn } from './float-column.js';
import { MAX_SAMPLES_OF_SERIES } from './segment-format.js';
import { MAX_TIME_MS, requireTime } from './time-runs.js';

/** The times of series that are written together; those of one target are the same for all its series. */
export class TimeColumns {
  readonly #columns: Float64Array[] = [];
  readonly #byExtent = new Map<string, number[]>();

  /** The number of the column with these times. Throws RangeError for none, too many, and those that do not ascend. */
  add(timesMs: Float64Array): number {
    const extent = `${timesMs.length} ${timesMs[0]} ${timesMs.at(-1)}`;
    const alike = this.#byExtent.get(extent) ?? [];
    const known = alike.find((column) => equal(this.#columns[column]!, timesMs));
    if (known !== undefined) return known;
    requireAscending(timesMs);
    this.#byExtent.set(extent, [...alike, this.#columns.length]);
    return this.#columns.push(timesMs) - 1;
  }

  write(writer: ByteWriter, columns: FloatColumns, spare: ByteWriter): void {
    writer.varint(this.#columns.length);
    let firstBefore = 0;
    for (const timesMs of this.#columns) {
      const first = timesMs[0]!;
      writer.varint(timesMs.length);
      writer.signed(first - firstBefore);
      writer.varint(timesMs.at(-1)! - first);
      spare.at = 0;
      if (!isSteady(timesMs)) columns.write(spare, timesMs);
      writer.varint(spare.at);
      writer.append(spare.bytes.subarray(0, spare.at));
      firstBefore = first;
    }
  }
}

function equal(one: Float64Array, other: Float64Array): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}

function requireAscending(timesMs: Float64Array): void {
  if (timesMs.length === 0 || timesMs.length > MAX_SAMPLES_OF_SERIES) throw new RangeError(`A series of a segment has 1 to ${MAX_SAMPLES_OF_SERIES} samples, not ${timesMs.length}.`);
  let last = -Infinity;
  for (const timeMs of timesMs) {
    requireTime(timeMs);
    if (timeMs <= last) throw new RangeError(`The times of a series ascend, but ${timeMs} comes after ${last}.`);
    last = timeMs;
  }
}

function isSteady(timesMs: Float64Array): boolean {
  const step = timesMs.length < 2 ? 0 : timesMs[1]! - timesMs[0]!;
  for (let i = 1; i < timesMs.length; i++) if (timesMs[i]! - timesMs[i - 1]! !== step) return false;
  return true;
}

/** A column of a directory that was read; its times are decoded when someone asks. */
export class StoredTimes {
  #timesMs: Float64Array | null = null;

  constructor(
    readonly count: number,
    readonly firstMs: number,
    readonly lastMs: number,
    readonly bytes: Uint8Array,
  ) {}

  /** The same array for all. Throws CodecError. */
  get timesMs(): Float64Array {
    this.#timesMs ??= this.bytes.length === 0 ? this.#steady() : this.#decoded();
    return this.#timesMs;
  }

  #steady(): Float64Array {
    const timesMs = new Float64Array(this.count);
    const stepMs = this.count < 2 ? 0 : (this.lastMs - this.firstMs) / (this.count - 1);
    if (Math.floor(stepMs) !== stepMs || (this.count > 1 && stepMs === 0)) throw malformed('times are no whole step apart');
    for (let i = 0; i < this.count; i++) timesMs[i] = this.firstMs + i * stepMs;
    return timesMs;
  }

  #decoded(): Float64Array {
    const source = new BitBytes(this.bytes);
    const timesMs = readFloatColumn(source, this.count);
    source.requireEnd();
    if (timesMs[0] !== this.firstMs || timesMs.at(-1) !== this.lastMs) throw malformed('a column of times has other ends than its entry says');
    for (let i = 1; i < timesMs.length; i++) if (!(timesMs[i]! > timesMs[i - 1]!)) throw malformed('times do not ascend');
    return timesMs;
  }
}

/** Throws CodecError. */
export function readTimeColumns(reader: ByteReader, maxColumns: number): readonly StoredTimes[] {
  const columns: StoredTimes[] = [];
  const count = reader.varint();
  if (count > maxColumns) throw malformed(`there are ${count} columns of times`);
  for (let firstMs = 0; columns.length < count; ) {
    const samples = reader.varint();
    firstMs += reader.signed();
    const lastMs = firstMs + reader.varint();
    if (samples === 0 || samples > MAX_SAMPLES_OF_SERIES || Math.abs(firstMs) > MAX_TIME_MS || lastMs > MAX_TIME_MS) throw malformed('a column of times is beyond what can be');
    columns.push(new StoredTimes(samples, firstMs, lastMs, reader.take(reader.varint())));
  }
  return columns;
}
