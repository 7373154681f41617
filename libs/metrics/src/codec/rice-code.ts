/*
 * Rice codes: a number n >= 0 as n / 2^k in unary, zeros before a one, then the k lowest bits. Short where numbers are about 2^k, as the differences of counters are
 * (R. F. Rice, "Some practical universal noiseless coding techniques", 1979). So many zeros as ESCAPE stand for a number of 54 bits that follows.
 */
import type { BitBytes } from './bit-bytes.js';
import { bitsAt } from './bit-bytes.js';
import type { BitWriter } from './bit-writer.js';
import { MAX_PUT_BITS } from './bit-writer.js';
import { malformed } from './codec-error.js';

const ESCAPE = 20;
const ESCAPED_BITS = 54;
/** One that needs more would have to be read in three pieces; numbers are below 2^54, and the rest fits before ESCAPE. */
export const MAX_PARAMETER = 49;
// Up to here all of a code but its unary part comes out of one word.
const MAX_NARROW = 25;

export interface RiceChoice {
  readonly parameter: number;
  readonly bits: number;
}

/** The best parameter for the first `count` numbers, and what it costs. */
export function bestRiceParameter(numbers: Float64Array, count: number, sum: number): RiceChoice {
  // By theory it is next to the logarithm of mean * ln 2; which neighbour, only trying tells.
  const guess = Math.floor(Math.log2((Math.LN2 * sum) / count + 1));
  const low = Math.min(Math.max(guess - 1, 0), MAX_PARAMETER - 2);
  const scale = 2 ** -low;
  let first = 0;
  let second = 0;
  let third = 0;
  for (let i = 0; i < count; i++) {
    const unary = Math.floor(numbers[i]! * scale);
    if (unary < ESCAPE) {
      first += unary;
      second += unary >>> 1;
      third += unary >>> 2;
    } else {
      const excess = ESCAPE + ESCAPED_BITS - 1 - low;
      first += excess;
      second += unary < 2 * ESCAPE ? unary >>> 1 : excess - 1;
      third += unary < 4 * ESCAPE ? unary >>> 2 : excess - 2;
    }
  }
  const bits = [first + count * (low + 1), second + count * (low + 2), third + count * (low + 3)];
  const best = bits[1]! < bits[0]! ? (bits[2]! < bits[1]! ? 2 : 1) : 0;
  return { parameter: low + best, bits: bits[best]! };
}

/** The first `count` numbers. Who calls makes room for their bits. */
export function writeRice(bits: BitWriter, numbers: Float64Array, count: number, parameter: number): void {
  const escaped = ESCAPE * 2 ** parameter;
  const scale = 2 ** -parameter;
  const isNarrow = parameter <= MAX_PUT_BITS;
  const one = 1 << parameter;
  const mask = one - 1;
  for (let i = 0; i < count; i++) {
    const number = numbers[i]!;
    if (number >= escaped) {
      bits.put(0, ESCAPE);
      bits.putWide(number, ESCAPED_BITS);
    } else if (isNarrow) {
      const unary = number >>> parameter;
      if (unary + parameter < MAX_PUT_BITS) bits.put(one | (number & mask), unary + 1 + parameter);
      else {
        bits.put(1, unary + 1);
        bits.put(number & mask, parameter);
      }
    } else {
      bits.put(1, Math.floor(number * scale) + 1);
      bits.putWide(number, parameter);
    }
  }
}

/** Fills `into` from the bit `position` on; gives the bit behind. Throws CodecError. This and the next are where queries spend their time: no call and no object per number. */
export function readRice(source: BitBytes, position: number, parameter: number, into: Float64Array): number {
  if (parameter > MAX_NARROW) return readWideRice(source, position, parameter, into);
  const { view } = source;
  const lastBit = 8 * source.end;
  const shift = 31 - parameter;
  let at = position;
  for (let i = 0; i < into.length; i++) {
    let word = view.getInt32(at >>> 3) << (at & 7);
    const unary = Math.clz32(word);
    if (unary >= ESCAPE) {
      into[i] = escapedAt(view, at);
      at += ESCAPE + ESCAPED_BITS;
    } else {
      at += unary + 1;
      if (unary + parameter < MAX_NARROW) word <<= unary + 1;
      else word = view.getInt32(at >>> 3) << (at & 7);
      into[i] = (unary << parameter) | ((word >>> 1) >>> shift);
      at += parameter;
    }
    if (at > lastBit) throw malformed('their bits end too early');
  }
  return at;
}

function readWideRice(source: BitBytes, position: number, parameter: number, into: Float64Array): number {
  const { view } = source;
  const lastBit = 8 * source.end;
  const low = parameter - MAX_NARROW;
  const unaryScale = 2 ** parameter;
  const highScale = 2 ** low;
  let at = position;
  for (let i = 0; i < into.length; i++) {
    const unary = Math.clz32(view.getInt32(at >>> 3) << (at & 7));
    if (unary >= ESCAPE) {
      into[i] = escapedAt(view, at);
      at += ESCAPE + ESCAPED_BITS;
    } else {
      at += unary + 1;
      into[i] = unary * unaryScale + bitsAt(view, at, MAX_NARROW) * highScale + bitsAt(view, at + MAX_NARROW, low);
      at += parameter;
    }
    if (at > lastBit) throw malformed('their bits end too early');
  }
  return at;
}

function escapedAt(view: DataView, position: number): number {
  const at = position + ESCAPE;
  return bitsAt(view, at, 18) * 2 ** 36 + bitsAt(view, at + 18, 18) * 2 ** 18 + bitsAt(view, at + 36, 18);
}
