import fc from 'fast-check';
import { compress } from 'snappyjs';
import { describe, expect, it } from 'vitest';
import { RemoteWriteError } from './remote-write-error.js';
import { SnappyBlocks } from './snappy-block.js';

const MAX_BYTES = 100_000;
const snappy = new SnappyBlocks();
const decompress = (...bytes: number[]): number[] => [...snappy.decompress(Uint8Array.from(bytes), MAX_BYTES)];

describe('SnappyBlocks', () => {
  it('gives back what another implementation compressed (500 inputs, repetitive ones among them)', () => {
    const repetitive = fc.array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 40 })), { maxLength: 12 }).map((runs) => Uint8Array.from(runs.flatMap(([run, times]) => Array.from({ length: times }, () => [...run]).flat())));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), repetitive), (bytes) => {
        expect(snappy.decompress(compress(bytes), MAX_BYTES)).toEqual(bytes);
      }),
      { numRuns: 500 },
    );
  });

  it('reads every kind of element', () => {
    expect(decompress(0)).toEqual([]);
    expect(decompress(3, (2 << 2) | 0, 1, 2, 3)).toEqual([1, 2, 3]);
    // Literals with one to four bytes of length.
    const content = Array.from({ length: 70 }, (_, i) => i);
    for (let sizeBytes = 1; sizeBytes <= 4; sizeBytes++) expect(decompress(70, (59 + sizeBytes) << 2, 69, ...new Array<number>(sizeBytes - 1).fill(0), ...content)).toEqual(content);
    // Copies with one, two and four bytes of offset, all overlapping what they write.
    expect(decompress(6, 1 << 2, 7, 8, 1, 2)).toEqual([7, 8, 7, 8, 7, 8]);
    expect(decompress(7, 0, 9, (5 << 2) | 2, 1, 0)).toEqual(new Array(7).fill(9));
    expect(decompress(7, 2 << 2, 1, 2, 3, (3 << 2) | 3, 3, 0, 0, 0)).toEqual([1, 2, 3, 1, 2, 3, 1]);
    // Every offset across the width of the words that copies go by.
    for (let offset = 1; offset <= 12; offset++) {
      const start = Array.from({ length: offset }, (_, i) => i + 1);
      const expected = Array.from({ length: offset + 30 }, (_, i) => (i % offset) + 1);
      expect(decompress(offset + 30, (offset - 1) << 2, ...start, (29 << 2) | 2, offset, 0)).toEqual(expected);
    }
  });

  it.each<[string, number[], RegExp]>([
    ['nothing', [], /the length is cut off/],
    ['a length cut off', [0x80], /the length is cut off/],
    ['a length beyond 32 bits', [0xff, 0xff, 0xff, 0xff, 0x1f], /no 32-bit number/],
    ['a length that goes on', [0x80, 0x80, 0x80, 0x80, 0x80, 0], /no 32-bit number/],
    ['more declared than can come', [200, 1, 0, 1], /cannot come from 4/],
    ['less than declared', [9, 0, 1], /1 bytes came out, 9 were declared/],
    ['more than declared', [1, 1 << 2, 1, 2], /beyond the declared length/],
    ['a literal cut off', [5, 4 << 2, 1, 2], /a literal is cut off/],
    ['a literal without its length', [5, 61 << 2, 1], /a literal is cut off/],
    ['a literal of four gigabytes', [5, 63 << 2, 255, 255, 255, 255, 1], /a literal is cut off/],
    ['a copy without its offset', [5, 0, 1, 1], /a copy is cut off/],
    ['a wide copy cut off', [5, 0, 1, (3 << 2) | 3, 1, 0, 0], /a copy is cut off/],
    ['a copy from where nothing is', [5, 0, 1, 1, 2], /a copy from 2 bytes back, where 1 stand/],
    ['a copy from here', [5, 0, 1, 1, 0], /a copy from 0 bytes back/],
    ['a copy from four gigabytes back', [5, 0, 1, (3 << 2) | 3, 255, 255, 255, 255], /a copy from 4294967295 bytes back/],
    ['a copy beyond the end', [4, 0, 1, 1, 1], /beyond the declared length/],
  ])('refuses %s', (_, bytes, problem) => {
    expect(() => decompress(...bytes)).toThrow(problem);
    expect(() => decompress(...bytes)).toThrow(RemoteWriteError);
  });

  it('refuses a bomb by what it declares, before it makes room for it', () => {
    const bomb = compress(new Uint8Array(MAX_BYTES + 1));
    expect(() => snappy.decompress(bomb, MAX_BYTES)).toThrow(expect.objectContaining({ problem: 'too-large' }));
    expect(() => decompress(0xff, 0xff, 0xff, 0xff, 0x0f, 0)).toThrow(expect.objectContaining({ problem: 'too-large' }));
  });

  it('survives random and mutated blocks, and never gives more than declared (4000 inputs)', () => {
    const survive = (bytes: Uint8Array): void => {
      try {
        expect(snappy.decompress(bytes, MAX_BYTES).length).toBeLessThanOrEqual(bytes.length * 22);
      } catch (error) {
        if (!(error instanceof RemoteWriteError)) throw error;
      }
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), survive), { numRuns: 2_000 });
    const sound = compress(new TextEncoder().encode('to be, or not to be: that is the question; to be, or not to be'));
    fc.assert(
      fc.property(fc.nat({ max: sound.length - 1 }), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const mutated = Uint8Array.from(sound);
        mutated[at] = byte;
        survive(mutated);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes bodies larger than what it keeps', () => {
    const large = Uint8Array.from({ length: 5_000_000 }, (_, i) => (i >> 8) * 31);
    expect(Buffer.compare(snappy.decompress(compress(large), 6_000_000), large)).toBe(0);
    expect(decompress(1, 0, 7)).toEqual([7]);
  });
});
