import { latencySketchSchema } from '#contracts';
import type { LatencySketchData } from '#contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SketchFormatError, decodeSketch, encodeSketch } from './sketch-codec.js';

const sketchData: fc.Arbitrary<LatencySketchData> = fc
  .record({
    buckets: fc.uniqueArray(fc.tuple(fc.integer({ min: -1_000, max: 1_000 }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })), { selector: ([index]) => index, maxLength: 200 }),
    sumMs: fc.double({ min: 0, max: 1e15, noNaN: true }),
  })
  .map(({ buckets, sumMs }) => {
    const sorted = [...buckets].sort(([a], [b]) => a - b);
    return { indices: sorted.map(([index]) => index), counts: sorted.map(([, count]) => count), sumMs: sumMs + 0 };
  });

const bytesOf = (data: LatencySketchData): number[] => [...encodeSketch(data)];

describe('sketch codec', () => {
  it('T3 decodes what it encoded', () => {
    fc.assert(
      fc.property(sketchData, (data) => {
        expect(decodeSketch(encodeSketch(data))).toEqual(data);
      }),
    );
  });

  it('T3 reads from the middle of a larger buffer, as a database driver hands it out', () => {
    const data = { indices: [3, 9], counts: [1, 400], sumMs: 12.5 };
    const padded = Uint8Array.from([9, 9, 9, ...encodeSketch(data), 9]);
    expect(decodeSketch(padded.subarray(3, padded.length - 1))).toEqual(data);
  });

  it('T4 refuses every proper prefix', () => {
    const bytes = encodeSketch({ indices: [-5, 3, 200], counts: [1, 2, 2 ** 50], sumMs: 7 });
    for (let length = 0; length < bytes.length; length++) expect(() => decodeSketch(bytes.subarray(0, length))).toThrow(SketchFormatError);
  });

  it('T4 answers any bytes with a valid sketch or a SketchFormatError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (noise) => {
        // A right version and sum let the noise reach the buckets.
        const bytes = Uint8Array.from([1, 0, 0, 0, 0, 0, 0, 0, 0, ...noise]);
        try {
          expect(latencySketchSchema.safeParse(decodeSketch(bytes)).success).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(SketchFormatError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['an unknown version', [2, ...bytesOf({ indices: [], counts: [], sumMs: 0 }).slice(1)], /version is 2/],
    ['more buckets than bytes', [1, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f], /number of buckets is 268435455/],
    ['an index beyond the range', [1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xd2, 0x0f, 1], /index 1001 is beyond/],
    ['a count of zero', [1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0], /count of bucket 1 is 0/],
    ['a sum that is not a number', [1, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f, 0], /sum is NaN/],
    ['a negative sum', [1, 0, 0, 0, 0, 0, 0, 0xf0, 0xbf, 0], /sum is -1/],
    ['bytes after the end', [...bytesOf({ indices: [], counts: [], sumMs: 0 }), 0], /1 bytes follow/],
    ['a number above 2^53 - 1', [1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], /varint above/],
  ])('T4 refuses %s and says so', (_what, bytes, message) => {
    expect(() => decodeSketch(Uint8Array.from(bytes))).toThrow(SketchFormatError);
    expect(() => decodeSketch(Uint8Array.from(bytes))).toThrow(message);
  });
});
