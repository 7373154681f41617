import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelsFromPairs, LabelsError } from './build-labels.js';
import { ByteHash } from './byte-hash.js';
import { compareLabels, compareUtf8 } from './label-order.js';
import type { Labels } from './labels.js';
import { labelsHash } from './labels-hash.js';
import { labelsKey } from './labels-key.js';
import { md5 } from './md5.js';

const RUNS = 1_000;
const text = fc.string({ unit: 'binary', maxLength: 6 });
const labels: fc.Arbitrary<Labels> = fc.uniqueArray(fc.record({ name: text, value: text }), { maxLength: 4 });
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('order', () => {
  it(`is that of UTF-8 bytes (${RUNS} pairs)`, () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(Math.sign(compareUtf8(one, other))).toBe(Buffer.compare(Buffer.from(one), Buffer.from(other)));
      }),
      { numRuns: RUNS },
    );
    expect(compareUtf8('\u{10000}', '\uffff')).toBeGreaterThan(0);
  });

  it('goes label by label, names before values', () => {
    const sets = [[], [['a', '1']], [['a', '1'], ['b', '0']], [['a', '2']], [['b', '']]].map((pairs) => pairs.map(([name, value]) => ({ name: name!, value: value! })));
    expect([...sets].reverse().sort(compareLabels)).toEqual(sets);
  });
});

describe('labelsFromPairs', () => {
  it('sorts, and drops empty values', () => {
    const given = [['job', 'a'], ['__name__', 'up'], ['zone', ''], ['\u{10000}', 'x'], ['\uffff', 'y']] as const;
    expect(labelsFromPairs(given).map(({ name }) => name)).toEqual(['__name__', 'job', '\uffff', '\u{10000}']);
  });

  it.each([
    ['an empty name', [['', 'a']], 'A label has an empty name.'],
    ['a name that stands twice', [['a', '1'], ['b', ''], ['a', '']], 'The label "a" stands twice.'],
    ['a name that is no text', [['a\ud800', '1']], 'The label name "a\\ud800" is not valid UTF-8.'],
    ['a value that is no text', [['a', '\udc00']], 'The value of the label "a" is not valid UTF-8.'],
  ] as const)('refuses %s', (_, pairs, message) => {
    expect(() => labelsFromPairs(pairs)).toThrow(new LabelsError(message));
  });
});

describe('identity', () => {
  it(`labelsKey and labelsHash tell any two sets apart (${RUNS} pairs)`, () => {
    fc.assert(
      fc.property(labels, labels, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(labelsKey(one) === labelsKey(other)).toBe(same);
        expect(hex(labelsHash(one)) === hex(labelsHash(other))).toBe(same);
      }),
      { numRuns: RUNS },
    );
    const split = (name: string, value: string): Labels => [{ name, value }];
    expect(labelsKey(split('a1:b', 'c'))).not.toBe(labelsKey(split('a', '1:bc')));
  });

  it('labelsHash is MD5 of names and values with 0xFF behind each', () => {
    const expected = createHash('md5').update(Buffer.concat([Buffer.from('é'), Buffer.of(255), Buffer.from('😀x'), Buffer.of(255)])).digest('hex');
    expect(hex(labelsHash([{ name: 'é', value: '😀x' }]))).toBe(expected);
  });

  it(`md5 agrees with another implementation (${RUNS} inputs, all lengths to 300)`, () => {
    const agree = (bytes: Uint8Array): void => {
      expect(hex(md5(bytes))).toBe(createHash('md5').update(bytes).digest('hex'));
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), agree), { numRuns: RUNS });
    for (let length = 0; length <= 300; length++) agree(new Uint8Array(length).fill(length));
  });
});

describe('ByteHash', () => {
  const hash = new ByteHash({ low: 17, high: 42 });
  const hashOf = (bytes: Uint8Array, by = hash): bigint => {
    by.start();
    by.bytes(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, bytes.length);
    by.end();
    return (BigInt(by.high >>> 0) << 32n) | BigInt(by.low >>> 0);
  };

  it('joins none of 30,000 near inputs, whole or in either half beyond chance', () => {
    // Runs of one byte of every length, then one to three bytes changed in a text of labels.
    const base = new TextEncoder().encode('__name__http_requests_totalinstance10.0.0.1:9090jobapi-serverpath/api/v1/items');
    const inputs = [...Array.from({ length: 64 }, (_, length) => new Uint8Array(length)), ...Array.from({ length: 64 }, (_, length) => new Uint8Array(length + 1).fill(1))];
    for (let i = 0; inputs.length < 30_000; i++) {
      const changed = Uint8Array.from(base);
      changed[i % base.length]! ^= 1 << (Math.floor(i / base.length) % 8);
      changed[Math.floor(i / 7) % base.length]! ^= 0x40;
      changed[Math.floor(i / 600) % base.length]! ^= 1;
      inputs.push(changed);
    }
    const distinct = new Set(inputs.map((bytes) => hex(bytes)));
    const hashes = [...distinct].map((text) => hashOf(Uint8Array.from(Buffer.from(text, 'hex'))));
    expect(new Set(hashes).size).toBe(distinct.size);
    // Of n values drawn from 2^32, n^2 / 2^33 pairs are equal by chance: one in ten times.
    for (const half of [(value: bigint) => value >> 32n, (value: bigint) => value & 0xffff_ffffn]) expect(distinct.size - new Set(hashes.map(half)).size).toBeLessThan(5);
  });

  it('changes about half of all bits for any one bit', () => {
    const base = Uint8Array.from({ length: 53 }, (_, i) => i * 37);
    const before = hashOf(base);
    const flips = new Array<number>(64).fill(0);
    for (let bit = 0; bit < 8 * base.length; bit++) {
      const changed = Uint8Array.from(base);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      const difference = before ^ hashOf(changed);
      for (let i = 0; i < 64; i++) if ((difference >> BigInt(i)) & 1n) flips[i]! += 1;
    }
    // 424 throws of a coin: six standard deviations are 62.
    for (const count of flips) expect(Math.abs(count - 4 * base.length)).toBeLessThan(62);
  });

  it('depends on the seed, on the order of words, and on where bytes are parted', () => {
    const bytes = Uint8Array.of(1, 2, 3);
    expect(hashOf(bytes)).not.toBe(hashOf(bytes, new ByteHash({ low: 18, high: 42 })));
    const tables = Int32Array.of(5, 6, 7);
    const ofEntries = (...indexes: number[]): number[] => {
      hash.start();
      hash.entries(tables, tables, Uint32Array.from(indexes), indexes.length);
      hash.end();
      return [hash.low, hash.high];
    };
    expect(ofEntries(0, 1, 2)).toEqual(ofEntries(0, 1, 2));
    expect(ofEntries(0, 1, 2)).not.toEqual(ofEntries(0, 2, 1));
    expect(ofEntries(0)).not.toEqual(ofEntries(0, 0));
    const parted = (...lengths: number[]): number[] => {
      hash.start();
      for (const length of lengths) hash.bytes(new DataView(new ArrayBuffer(8)), 0, length);
      hash.end();
      return [hash.low, hash.high];
    };
    expect(parted(8)).not.toEqual(parted(4, 4));
  });
});
