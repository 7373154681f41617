import { SAMPLE_KIND } from '../samples/sample-run.js';
import type { ByteReader } from './byte-reader.js';
import type { ByteWriter } from './byte-writer.js';
import type { JournalBatch } from './journal-batch.js';
import type { JournalSeries } from './journal-series.js';
import { MAX_NUMBER_BYTES, readNumber, writeNumber } from './number-code.js';

const ONE_BYTE_CODES = 0x80;
const LEAST_OF_ONE_BYTE = -64;
const MOST_OF_ONE_BYTE = 63;
// Looking for decimals costs more than all else; a series without any is spared it for so many values.
const SPARED = -100;

/** The values of the floats, each against its series' value before. */
export function writeValueColumn(writer: ByteWriter, series: JournalSeries, { values, kinds }: JournalBatch, numbers: Int32Array): void {
  const { values: before } = series;
  const count = numbers.length;
  writer.reserve(count * MAX_NUMBER_BYTES);
  const bytes = writer.bytes;
  let at = writer.at;
  for (let i = 0; i < count; i++) {
    if (kinds[i] !== SAMPLE_KIND.float) continue;
    const number = numbers[i]!;
    const value = values[i]!;
    const previous = before[number]!;
    const delta = value - previous;
    // Most samples, here rather than by a call: a small whole step. See writeNumber for the conditions.
    if (delta >= LEAST_OF_ONE_BYTE && delta <= MOST_OF_ONE_BYTE && delta === (delta | 0) && previous + delta === value && (value !== 0 || 1 / value > 0)) {
      bytes[at++] = (delta << 1) ^ (delta >> 31);
    } else {
      writer.at = at;
      writeWithHint(writer, series, number, value);
      at = writer.at;
    }
    before[number] = value;
  }
  writer.at = at;
}

function writeWithHint(writer: ByteWriter, { values, decimals }: JournalSeries, number: number, value: number): void {
  const hint = decimals[number]!;
  const used = writeNumber(writer, value, values[number]!, hint < 0 ? -1 : hint);
  if (hint < 0) decimals[number] = hint + 1;
  else if (used === 0) decimals[number] = SPARED;
  else if (used > 0) decimals[number] = used;
}

/** NaN for what is no float. Throws CodecError. */
export function readValueColumn(reader: ByteReader, series: JournalSeries, { values, kinds }: JournalBatch, numbers: Int32Array): void {
  const { values: before } = series;
  const { bytes, end } = reader;
  for (let i = 0; i < numbers.length; i++) {
    if (kinds[i] !== SAMPLE_KIND.float) {
      values[i] = NaN;
      continue;
    }
    const number = numbers[i]!;
    const code = bytes[reader.at]!;
    if (code < ONE_BYTE_CODES && reader.at < end) {
      reader.at += 1;
      values[i] = before[number]! += (code >>> 1) ^ -(code & 1);
    } else values[i] = before[number] = readNumber(reader, before[number]!);
  }
}
