import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32c } from './crc32c.js';

/** By the definition: one bit at a time. */
function bitByBit(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0x82f6_3b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}

describe('crc32c', () => {
  // RFC 3720, appendix B.4, and the check value that catalogues of checksums list.
  it.each<[string, Uint8Array, number]>([
    ['nothing', new Uint8Array(0), 0],
    ['the digits 1 to 9', new TextEncoder().encode('123456789'), 0xe306_9283],
    ['32 zeros', new Uint8Array(32), 0x8a91_36aa],
    ['32 bytes of ones', new Uint8Array(32).fill(255), 0x62a8_ab43],
    ['bytes counting up', Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd_794e],
    ['bytes counting down', Uint8Array.from({ length: 32 }, (_, i) => 31 - i), 0x113f_db5c],
  ])('knows the checksum of %s', (_, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });

  it('agrees with the definition, in one piece, in two and inside of more (500 inputs)', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), fc.nat(70), (bytes, at) => {
        const cut = Math.min(at, bytes.length);
        expect(crc32c(bytes)).toBe(bitByBit(bytes));
        expect(crc32c(bytes, cut, bytes.length, crc32c(bytes, 0, cut))).toBe(bitByBit(bytes));
        expect(crc32c(bytes, cut)).toBe(bitByBit(bytes.subarray(cut)));
      }),
      { numRuns: 500 },
    );
  });
});
