import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitBytes } from './bit-bytes.js';
import { BitWriter } from './bit-writer.js';
import { ByteWriter } from './byte-writer.js';
import { CodecError } from './codec-error.js';
import { MAX_PARAMETER, bestRiceParameter, readRice, writeRice } from './rice-code.js';

const MOST_BITS_OF_ONE = 74;

function written(numbers: readonly number[], parameter: number): Uint8Array {
  const writer = new ByteWriter();
  writer.reserve(Math.ceil((numbers.length * MOST_BITS_OF_ONE) / 8) + 1);
  const bits = new BitWriter(writer);
  writeRice(bits, Float64Array.from(numbers), numbers.length, parameter);
  bits.end();
  return writer.taken();
}

/** Around every length that a unary part can have, the one that is escaped included. */
const someNumber = (parameter: number): fc.Arbitrary<number> =>
  fc.tuple(fc.integer({ min: 0, max: 22 }), fc.constantFrom(-1, 0, 1), fc.double({ min: 0, max: 1, noNaN: true })).map(([unary, beside, part]) => {
    const number = unary * 2 ** parameter + beside + Math.floor(part * 2 ** parameter);
    return Math.min(Math.max(number, 0), 2 ** 53);
  });
const someCase = fc.integer({ min: 0, max: MAX_PARAMETER }).chain((parameter) => fc.record({ parameter: fc.constant(parameter), numbers: fc.array(someNumber(parameter), { minLength: 1, maxLength: 30 }) }));

describe('Rice codes', () => {
  it('give back every number with every parameter (3000 lists)', () => {
    fc.assert(
      fc.property(someCase, ({ parameter, numbers }) => {
        const source = new BitBytes(written(numbers, parameter));
        const read = new Float64Array(numbers.length);
        source.endBits(readRice(source, 0, parameter, read));
        expect([...read]).toEqual(numbers);
        source.requireEnd();
      }),
      { numRuns: 3_000 },
    );
  });

  it('cost what was said (2000 lists)', () => {
    fc.assert(
      fc.property(someCase, ({ numbers }) => {
        const choice = bestRiceParameter(Float64Array.from(numbers), numbers.length, numbers.reduce((sum, number) => sum + number, 0));
        expect(written(numbers, choice.parameter).length).toBe(Math.ceil(choice.bits / 8));
      }),
      { numRuns: 2_000 },
    );
  });

  it('are close to the best there is where numbers are alike', () => {
    for (const mean of [0.2, 1, 3, 10, 100, 5_000, 1e9]) {
      const numbers = Array.from({ length: 64 }, (_, i) => Math.round((mean * (i % 8)) / 3.5));
      const { parameter, bits } = bestRiceParameter(Float64Array.from(numbers), numbers.length, numbers.reduce((sum, number) => sum + number, 0));
      const lengths = Array.from({ length: MAX_PARAMETER + 1 }, (_, any) => written(numbers, any).length);
      expect(Math.ceil(bits / 8), `mean ${mean}, parameter ${parameter}`).toBeLessThanOrEqual(1.02 * Math.min(...lengths) + 1);
    }
  });

  it('end with an error where their bits do', () => {
    for (const parameter of [0, 7, 30]) {
      const bytes = written([5, 1, 2 ** 52, 3, 8, 13], parameter);
      for (let length = 0; length < bytes.length; length++) expect(() => readRice(new BitBytes(bytes.subarray(0, length)), 0, parameter, new Float64Array(6))).toThrow(CodecError);
    }
  });
});
