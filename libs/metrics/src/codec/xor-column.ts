/*
 * Floats of any kind by the bits in which neighbours differ, as in Gorilla (Pelkonen et al., "Gorilla: a fast, scalable, in-memory time series database", 2015): the first
 * value in eight bytes, then of each
 *   0                                        the same value again
 *   10, bits                                 differs within the window of the one before
 *   11, 5 bits, 6 bits, bits                 equal bits at the top, at most 31; width of the window less one; the window
 */
import { bitsAt } from './bit-bytes.js';
import type { BitBytes } from './bit-bytes.js';
import { BitWriter } from './bit-writer.js';
import type { ByteWriter } from './byte-writer.js';
import { malformed } from './codec-error.js';
import { HIGH, LOW, boxFloat, floatWords } from './float-words.js';

const MAX_LEADING = 31;
const MOST_BYTES_OF_ONE = 10;

export function writeXorColumn(writer: ByteWriter, values: Float64Array): void {
  writer.reserve(MOST_BYTES_OF_ONE * (values.length + 1));
  boxFloat(values[0]!);
  let low = floatWords[LOW]!;
  let high = floatWords[HIGH]!;
  writer.uint32(low);
  writer.uint32(high);
  const bits = new BitWriter(writer);
  let leading = 0;
  let trailing = 0;
  let width = 0;
  for (let i = 1; i < values.length; i++) {
    boxFloat(values[i]!);
    const lowXor = floatWords[LOW]! ^ low;
    const highXor = floatWords[HIGH]! ^ high;
    low = floatWords[LOW]!;
    high = floatWords[HIGH]!;
    if (lowXor === 0 && highXor === 0) {
      bits.put(0, 1);
      continue;
    }
    const newLeading = Math.min(highXor === 0 ? 32 + Math.clz32(lowXor) : Math.clz32(highXor), MAX_LEADING);
    const newTrailing = lowXor === 0 ? 32 + trailingZeros(highXor) : trailingZeros(lowXor);
    const newWidth = 64 - newLeading - newTrailing;
    if (width > 0 && newLeading >= leading && newTrailing >= trailing && width <= newWidth + 11) bits.put(2, 2);
    else {
      leading = newLeading;
      trailing = newTrailing;
      width = newWidth;
      bits.put((3 << 11) | (leading << 6) | (width - 1), 13);
    }
    putWindow(bits, { low: lowXor, high: highXor }, trailing, width);
  }
  bits.end();
}

/** The column has at least so many, whatever becomes of the windows. */
export function leastXorBits(values: Float64Array): number {
  let bits = 64;
  let low = 0;
  let high = 0;
  for (let i = 0; i < values.length; i++) {
    boxFloat(values[i]!);
    const lowXor = floatWords[LOW]! ^ low;
    const highXor = floatWords[HIGH]! ^ high;
    low = floatWords[LOW]!;
    high = floatWords[HIGH]!;
    if (i === 0) continue;
    if (lowXor === 0 && highXor === 0) bits += 1;
    else bits += 66 - (highXor === 0 ? 32 + Math.clz32(lowXor) : Math.clz32(highXor)) - (lowXor === 0 ? 32 + trailingZeros(highXor) : trailingZeros(lowXor));
  }
  return bits;
}

function trailingZeros(word: number): number {
  return 31 - Math.clz32(word & -word);
}

function putWindow(bits: BitWriter, { low, high }: { low: number; high: number }, trailing: number, width: number): void {
  const bottom = trailing >= 32 ? high >>> (trailing - 32) : trailing === 0 ? low : (low >>> trailing) | (high << (32 - trailing));
  if (width > 32) bits.putWide((trailing >= 32 ? 0 : high >>> trailing) >>> 0, width - 32);
  bits.putWide(bottom >>> 0, Math.min(width, 32));
}

/** Throws CodecError. */
export function readXorColumn(source: BitBytes, count: number): Float64Array {
  const values = new Float64Array(count);
  const words = new Int32Array(values.buffer);
  let low = source.uint32() | 0;
  let high = source.uint32() | 0;
  words[LOW] = low;
  words[HIGH] = high;
  const { view } = source;
  const lastBit = 8 * source.end;
  let at = 8 * source.at;
  let trailing = 0;
  let width = 0;
  for (let i = 1; i < count; i++) {
    const control = bitsAt(view, at, 13);
    if (control < 1 << 12) at += 1;
    else {
      if (control < 3 << 11) at += 2;
      else {
        width = (control & 63) + 1;
        trailing = 64 - ((control >>> 6) & MAX_LEADING) - width;
        if (trailing < 0) throw malformed('a float has more than 64 bits');
        at += 13;
      }
      if (width > 32) {
        const top = wordAt(view, at, width - 32);
        const bottom = wordAt(view, at + width - 32, 32);
        high ^= trailing === 0 ? top : (top << trailing) | (bottom >>> (32 - trailing));
        low ^= bottom << trailing;
      } else {
        const bottom = width === 0 ? 0 : wordAt(view, at, width);
        if (trailing >= 32) high ^= bottom << (trailing - 32);
        else {
          if (trailing > 0) high ^= bottom >>> (32 - trailing);
          low ^= bottom << trailing;
        }
      }
      at += width;
    }
    if (at > lastBit) throw malformed('their bits end too early');
    words[2 * i + LOW] = low;
    words[2 * i + HIGH] = high;
  }
  source.endBits(at);
  return values;
}

function wordAt(view: DataView, position: number, width: number): number {
  if (width <= 25) return bitsAt(view, position, width);
  return (bitsAt(view, position, width - 16) << 16) | bitsAt(view, position + width - 16, 16);
}
