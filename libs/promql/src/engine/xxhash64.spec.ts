import { describe, expect, it } from 'vitest';
import { xxhash64 } from './xxhash64.js';

const hashOf = (text: string): string => xxhash64(new TextEncoder().encode(text)).toString(16);

describe('xxhash64', () => {
  it.each([
    ['', 'ef46db3751d8e999'],
    ['a', 'd24ec4f1a98c6e5b'],
    ['abc', '44bc2cf5ad770999'],
    // Longer than a stripe, with an eight-byte, a four-byte and a one-byte tail left over.
    ['Nobody inspects the spammish repetition', 'fbcea83c8a378bf1'],
  ])('hashes %j as the reference does', (text, expected) => {
    expect(hashOf(text)).toBe(expected);
  });

  it('reads its bytes from where a view begins', () => {
    const bytes = new TextEncoder().encode('xxabc');
    expect(xxhash64(bytes.subarray(2)).toString(16)).toBe('44bc2cf5ad770999');
  });
});
