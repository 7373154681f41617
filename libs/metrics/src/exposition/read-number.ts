import type { BodyCursor } from './body-cursor.js';
import { DOT, MINUS, PLUS, ZERO } from './bytes.js';

const LOWER = 0x20;
const LOWER_E = 0x65;
const EXACT_INTEGERS = 2 ** 53;
const MAX_INT64 = 2 ** 63;
// Each is exact as a float, and the last one that is.
const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));
// Far beyond every float, and far from where adding digits would stop being exact.
const MAX_EXPONENT = 100_000;
const ASCII = new TextDecoder('utf-8');
const LONGEST_WORD = 'infinity'.length;
const WORDS: ReadonlyMap<string, number> = new Map([['inf', Infinity], ['infinity', Infinity], ['nan', NaN]]);

/**
 * Reads a float at the cursor and goes behind it: decimals as Go's ParseFloat takes them, without `_` and hexadecimal forms, and Inf, Infinity and NaN in any case.
 * As one pass over the bytes without a string wherever the result is exact: digits that a float holds exactly, times or by a power of ten that it holds exactly,
 * are rounded once (Clinger, "How to Read Floating Point Numbers Accurately"). Long for that reason. Throws ExpositionError, also where the number is no finite float.
 */
export function readFloat(cursor: BodyCursor): number {
  const { bytes } = cursor;
  const from = cursor.at;
  let at = from;
  let byte = bytes[at]!;
  if (byte === MINUS || byte === PLUS) byte = bytes[++at]!;
  let mantissa = 0;
  let exponent = 0;
  const digitsAt = at;
  for (; byte >= ZERO && byte <= ZERO + 9; byte = bytes[++at]!) mantissa = mantissa * 10 + (byte - ZERO);
  let digits = at - digitsAt;
  if (byte === DOT) {
    const fractionAt = ++at;
    for (byte = bytes[at]!; byte >= ZERO && byte <= ZERO + 9; byte = bytes[++at]!) mantissa = mantissa * 10 + (byte - ZERO);
    exponent = fractionAt - at;
    digits -= exponent;
  }
  cursor.at = at;
  if (digits === 0) return readWord(cursor, from);
  if ((byte | LOWER) === LOWER_E) {
    exponent += readExponent(cursor);
    at = cursor.at;
  }
  if (mantissa >= EXACT_INTEGERS || exponent > 22 || exponent < -22) return roundedFloat(cursor, from);
  const size = exponent < 0 ? mantissa / POWERS_OF_TEN[-exponent]! : mantissa * POWERS_OF_TEN[exponent]!;
  return bytes[from] === MINUS ? -size : size;
}

/** Reads an int64 at the cursor, rounded to a float beyond 2^53. Throws ExpositionError. */
export function readInteger(cursor: BodyCursor): number {
  const { bytes } = cursor;
  const from = cursor.at;
  let at = bytes[from] === MINUS ? from + 1 : from;
  const digitsAt = at;
  let size = 0;
  for (let byte = bytes[at]!; byte >= ZERO && byte <= ZERO + 9; byte = bytes[++at]!) size = size * 10 + (byte - ZERO);
  cursor.at = at;
  if (at === digitsAt) throw cursor.refuse(from, 'an integer');
  if (size >= EXACT_INTEGERS) size = Math.abs(roundedFloat(cursor, from));
  if (size > MAX_INT64) throw cursor.refuse(from, 'an integer of 64 bits');
  // Not -size, so that -0 is 0.
  return bytes[from] === MINUS ? 0 - size : size;
}

/** From the `e` on. */
function readExponent(cursor: BodyCursor): number {
  const { bytes } = cursor;
  let at = cursor.at + 1;
  const sign = bytes[at]!;
  if (sign === MINUS || sign === PLUS) at++;
  const digitsAt = at;
  let exponent = 0;
  for (let byte = bytes[at]!; byte >= ZERO && byte <= ZERO + 9; byte = bytes[++at]!) exponent = Math.min(exponent * 10 + (byte - ZERO), MAX_EXPONENT);
  if (at === digitsAt) throw cursor.refuse(at, 'the digits of an exponent');
  cursor.at = at;
  return sign === MINUS ? -exponent : exponent;
}

/** What was read from `from` on, by the slow way. */
function roundedFloat(cursor: BodyCursor, from: number): number {
  const value = Number(ASCII.decode(cursor.bytes.subarray(from, cursor.at)));
  if (!Number.isFinite(value)) throw cursor.refuse(from, 'a number within the range of 64-bit floats');
  return value;
}

function readWord(cursor: BodyCursor, from: number): number {
  const { bytes } = cursor;
  const sign = bytes[from]!;
  const wordAt = sign === MINUS || sign === PLUS ? from + 1 : from;
  let word = '';
  let at = wordAt;
  for (let byte = bytes[at]! | LOWER; byte >= 0x61 && byte <= 0x7a && word.length < LONGEST_WORD; byte = bytes[++at]! | LOWER) word += String.fromCharCode(byte);
  const value = WORDS.get(word);
  if (value === undefined || (Number.isNaN(value) && wordAt > from)) throw cursor.refuse(from, 'a number');
  cursor.at = at;
  return sign === MINUS ? -value : value;
}
