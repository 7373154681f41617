import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';

const reader = (bytes: Uint8Array): ByteReader => new ByteReader(bytes, (problem) => new Error(problem));

function written(write: (writer: ByteWriter) => void): Uint8Array {
  const writer = new ByteWriter(1);
  write(writer);
  return writer.finish();
}

describe('ByteWriter and ByteReader', () => {
  it.each([0, 1, 127, 128, 16_383, 16_384, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 52 + 1, Number.MAX_SAFE_INTEGER])('T10 round trips the varint %d', (value) => {
    expect(reader(written((w) => w.varint(value))).varint('x')).toBe(value);
  });

  it('T10 round trips any sequence of varints and zigzags', () => {
    const half = 2 ** 52 - 1;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.maxSafeNat(), fc.integer({ min: -half, max: half }))), (pairs) => {
        const bytes = reader(written((w) => pairs.forEach(([natural, signed]) => (w.varint(natural), w.zigzag(signed)))));
        for (const [natural, signed] of pairs) expect([bytes.varint('n'), bytes.zigzag('s')]).toEqual([natural, signed + 0]);
        expect(bytes.remaining).toBe(0);
      }),
    );
  });

  it('T10 spends one byte below 128 and eight at the top', () => {
    expect(written((w) => w.varint(127))).toHaveLength(1);
    expect(written((w) => w.varint(Number.MAX_SAFE_INTEGER))).toHaveLength(8);
  });

  it('T10 round trips text, a leading byte order mark and characters outside the basic plane included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(reader(written((w) => w.text(text))).text('t')).toBe(text);
      }),
    );
    expect(reader(written((w) => w.text('\uFEFFa'))).text('t')).toBe('\uFEFFa');
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])('T10 refuses to write %d as a varint', (value) => {
    expect(() => new ByteWriter().varint(value)).toThrow(RangeError);
  });

  it('T10 refuses to write a number above the width of its field', () => {
    expect(() => new ByteWriter().u8(256)).toThrow(RangeError);
    expect(() => new ByteWriter().u16(65_536)).toThrow(RangeError);
    expect(() => new ByteWriter().u32(2 ** 32)).toThrow(RangeError);
  });

  it('T16 refuses a padded varint, a varint without end and text that is not UTF-8', () => {
    expect(() => reader(Uint8Array.of(0x80, 0)).varint('x')).toThrow(/padded/);
    expect(() => reader(new Uint8Array(9).fill(0xff)).varint('x')).toThrow(/above 2\^53/);
    expect(() => reader(Uint8Array.of(2, 0xc3, 0x28)).text('x')).toThrow(/not UTF-8/);
  });

  it('T16 refuses a count that cannot follow', () => {
    expect(() => reader(Uint8Array.of(3, 0, 0)).count('things', 1)).toThrow(/things is 3, but only 2 bytes follow/);
  });
});
