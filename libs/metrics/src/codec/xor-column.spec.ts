import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitBytes } from './bit-bytes.js';
import { ByteWriter } from './byte-writer.js';
import { CodecError } from './codec-error.js';
import { leastXorBits, readXorColumn, writeXorColumn } from './xor-column.js';

function written(values: Float64Array): Uint8Array {
  const writer = new ByteWriter();
  writeXorColumn(writer, values);
  return writer.taken();
}

/** Floats of which each differs from the one before in the bits of a mask. */
function chain(masks: readonly bigint[]): Float64Array {
  const words = new BigUint64Array(masks.length);
  let bits = 0n;
  masks.forEach((mask, i) => (words[i] = bits ^= mask));
  const values = new Float64Array(words.buffer);
  // All NaNs come back as one, so none but that may be among them.
  return values.map((value) => (Number.isNaN(value) ? NaN : value));
}

const hex = (values: Float64Array): string[] => [...new BigUint64Array(Float64Array.from(values).buffer)].map((bits) => bits.toString(16));

/** Every window: `width` bits above `trailing` equal ones, with the outermost of them set. */
const someMask = fc.tuple(fc.integer({ min: 0, max: 63 }), fc.integer({ min: 1, max: 64 }), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })).map(([trailing, width, bits]) => {
  const room = BigInt(Math.min(width, 64 - trailing));
  return ((bits & (2n ** room - 1n)) | 1n | (1n << (room - 1n))) << BigInt(trailing);
});

describe('XOR column', () => {
  it('gives back floats that differ in any bits (4000 columns)', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant(0n), someMask), { minLength: 1, maxLength: 20 }), (masks) => {
        const values = chain(masks);
        const bytes = written(values);
        const source = new BitBytes(bytes);
        expect(hex(readXorColumn(source, values.length))).toEqual(hex(values));
        source.requireEnd();
        expect(leastXorBits(values)).toBeLessThanOrEqual(8 * bytes.length);
      }),
      { numRuns: 4_000 },
    );
  });

  it('gives back floats that differ in each window alone', () => {
    for (let trailing = 0; trailing < 64; trailing++) {
      for (let width = 1; width <= 64 - trailing; width++) {
        const mask = ((2n ** BigInt(width) - 1n) & 0xa5a5_a5a5_a5a5_a5a5n) | 1n | (1n << BigInt(width - 1));
        const values = chain([0x3ff0_0000_0000_0000n, mask << BigInt(trailing), 0n, 1n << BigInt(trailing)]);
        expect(hex(readXorColumn(new BitBytes(written(values)), 4)), `${width} bits above ${trailing}`).toEqual(hex(values));
      }
    }
  });

  it('needs a bit for a value that comes again, and little within a window', () => {
    expect(written(new Float64Array(801).fill(0.1)).length).toBe(8 + 100);
    const halves = Float64Array.from({ length: 100 }, (_, i) => 8 + (i % 8) / 8);
    expect(written(halves).length).toBeLessThan(8 + 100);
  });

  it('ends with an error where its bits do', () => {
    const bytes = written(Float64Array.of(1, Math.PI, Math.PI, Math.E, 1e300));
    for (let length = 0; length < bytes.length; length++) expect(() => readXorColumn(new BitBytes(bytes.subarray(0, length)), 5)).toThrow(CodecError);
  });
});
