/*
 * A number as its difference to one before it; the first byte says how:
 *   00..7f  the number before plus a whole number, zigzag, in the byte itself
 *   80..bf  the same in 14 bits; c0..df in 21; e0..e3 in 4 to 7 bytes that follow
 *   e4..ec  bits that differ from the number before, in 8 to 0 bytes: the rest, from the top, is equal
 *   ed      the same, where bytes at the bottom are equal too: a byte with both counts, then what is between
 *   f0..f8  k / 10, k / 100, ..., of which k is told as a difference
 *   ff      left to those who write lists
 */
import type { ByteReader } from './byte-reader.js';
import type { ByteWriter } from './byte-writer.js';
import { malformed } from './codec-error.js';
import { HIGH, LOW, boxFloat, floatBox, floatWords } from './float-words.js';

export const MAX_NUMBER_BYTES = 10;
export const UNCHANGED = 0xff;
const TWO_BYTES = 0x80;
const THREE_BYTES = 0xc0;
const WIDE = 0xe0;
const XOR_TOP = 0xe4;
const XOR_MIDDLE = 0xed;
const DECIMAL = 0xf0;
const MAX_DECIMALS = 9;

const FROM_TWO_BYTES = 0x80;
const FROM_THREE_BYTES = FROM_TWO_BYTES + 2 ** 14;
const FROM_WIDE = FROM_THREE_BYTES + 2 ** 21;
const MIN_WIDE_BYTES = 4;
// Twice this, as zigzag makes it, is still a number that JavaScript has.
const MAX_DELTA = 2 ** 52;
// Two of these are as far apart as a number can tell.
const MAX_SCALED = 2 ** 51;

const POWERS_OF_TEN = Array.from({ length: MAX_DECIMALS + 1 }, (_, decimals) => 10 ** decimals);

/** Bit for bit, but for NaN, all of which become the quiet one. `decimals`: how many to try first, or -1 to try none; gives those that were used, else -1. */
export function writeNumber(writer: ByteWriter, value: number, previous: number, decimals = 0): number {
  writer.reserve(MAX_NUMBER_BYTES);
  const delta = value - previous;
  // Added up again, because the difference of two fractions may be whole by rounding; and -0 is no sum.
  if (previous + delta === value && Math.abs(delta) <= MAX_DELTA && Math.floor(delta) === delta && !(value === 0 && 1 / value < 0)) {
    writeDelta(writer, delta);
    return -1;
  }
  const used = decimals < 0 ? -1 : decimalsOf(value, decimals);
  if (used > 0) {
    writer.bytes[writer.at++] = DECIMAL + used - 1;
    writer.signed(scaled(value, used) - scaled(previous, used));
  } else writeXor(writer, value, previous);
  return used;
}

/** Throws CodecError. */
export function readNumber(reader: ByteReader, previous: number): number {
  const code = reader.byte();
  if (code < XOR_TOP) {
    const zigzag = readZigzag(reader, code);
    return previous + (zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2);
  }
  if (code <= XOR_MIDDLE) return readXor(reader, code, previous);
  const decimals = code - DECIMAL + 1;
  if (decimals < 1 || decimals > MAX_DECIMALS) throw malformed(`no number begins with ${code}`);
  return (scaled(previous, decimals) + reader.signed()) / POWERS_OF_TEN[decimals]!;
}

function writeDelta(writer: ByteWriter, delta: number): void {
  const zigzag = delta < 0 ? -2 * delta - 1 : 2 * delta;
  const bytes = writer.bytes;
  if (zigzag < FROM_TWO_BYTES) bytes[writer.at++] = zigzag;
  else if (zigzag < FROM_THREE_BYTES) {
    const rest = zigzag - FROM_TWO_BYTES;
    bytes[writer.at++] = TWO_BYTES | (rest >>> 8);
    bytes[writer.at++] = rest;
  } else if (zigzag < FROM_WIDE) {
    const rest = zigzag - FROM_THREE_BYTES;
    bytes[writer.at++] = THREE_BYTES | (rest >>> 16);
    bytes[writer.at++] = rest >>> 8;
    bytes[writer.at++] = rest;
  } else writeWide(writer, zigzag);
}

function writeWide(writer: ByteWriter, zigzag: number): void {
  const codeAt = writer.at++;
  let rest = zigzag;
  for (let i = 0; i < MIN_WIDE_BYTES || rest > 0; i++) {
    writer.bytes[writer.at++] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  writer.bytes[codeAt] = WIDE + (writer.at - codeAt - 1 - MIN_WIDE_BYTES);
}

function readZigzag(reader: ByteReader, code: number): number {
  if (code < TWO_BYTES) return code;
  if (code < THREE_BYTES) return FROM_TWO_BYTES + (((code - TWO_BYTES) << 8) | reader.byte());
  if (code < WIDE) return FROM_THREE_BYTES + (((code - THREE_BYTES) << 16) | (reader.byte() << 8) | reader.byte());
  let zigzag = 0;
  let scale = 1;
  for (let i = code - WIDE + MIN_WIDE_BYTES; i > 0; i--) {
    zigzag += reader.byte() * scale;
    scale *= 256;
  }
  if (zigzag > 2 * MAX_DELTA) throw malformed('a difference is too large');
  return zigzag;
}

/** With how many decimals the value is exact, 0 for none; `first` are tried before others. */
function decimalsOf(value: number, first: number): number {
  if (first > 0 && isDecimal(value, first)) return first;
  for (let decimals = 1; decimals <= MAX_DECIMALS; decimals++) if (isDecimal(value, decimals)) return decimals;
  return 0;
}

function isDecimal(value: number, decimals: number): boolean {
  const power = POWERS_OF_TEN[decimals]!;
  const k = Math.round(value * power);
  return k / power === value && Math.abs(k) <= MAX_SCALED && k !== 0;
}

/** 0 where the number has no place among those that are told by their decimals. */
function scaled(value: number, decimals: number): number {
  const k = Math.round(value * POWERS_OF_TEN[decimals]!);
  return Math.abs(k) <= MAX_SCALED ? k : 0;
}

function writeXor(writer: ByteWriter, value: number, previous: number): void {
  boxFloat(previous);
  const previousLow = floatWords[LOW]!;
  const previousHigh = floatWords[HIGH]!;
  boxFloat(value);
  let low = floatWords[LOW]! ^ previousLow;
  let high = floatWords[HIGH]! ^ previousHigh;
  const leading = high === 0 ? 4 + (Math.clz32(low) >>> 3) : Math.clz32(high) >>> 3;
  let trailing = low === 0 ? 4 + trailingBytes(high) : trailingBytes(low);
  const { bytes } = writer;
  // One byte at the bottom is what the second byte of the code costs.
  if (leading === 8 || trailing < 2) {
    trailing = 0;
    bytes[writer.at++] = XOR_TOP + leading;
  } else {
    bytes[writer.at++] = XOR_MIDDLE;
    bytes[writer.at++] = (leading << 4) | trailing;
  }
  for (let i = 0; i < 8 - leading; i++) {
    if (i >= trailing) bytes[writer.at++] = low;
    low = (low >>> 8) | (high << 24);
    high >>>= 8;
  }
}

function trailingBytes(word: number): number {
  return word === 0 ? 4 : (31 - Math.clz32(word & -word)) >>> 3;
}

function readXor(reader: ByteReader, code: number, previous: number): number {
  let leading = code - XOR_TOP;
  let trailing = 0;
  if (code === XOR_MIDDLE) {
    const counts = reader.byte();
    leading = counts >>> 4;
    trailing = counts & 15;
    if (leading + trailing > 8) throw malformed('a number has more than eight equal bytes');
  }
  boxFloat(previous);
  for (let i = trailing; i < 8 - leading; i++) {
    const byte = reader.byte();
    if (i < 4) floatWords[LOW] = floatWords[LOW]! ^ (byte << (8 * i));
    else floatWords[HIGH] = floatWords[HIGH]! ^ (byte << (8 * (i - 4)));
  }
  return floatBox[0]!;
}
