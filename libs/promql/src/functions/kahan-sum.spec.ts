import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KahanSum, meanOf, sumOf } from './kahan-sum.js';

const sum = (...values: number[]) => sumOf(Float64Array.from(values), 0, values.length);
const mean = (...values: number[]) => meanOf(Float64Array.from(values), 0, values.length);

describe('sumOf', () => {
  it('keeps what rounding would take', () => {
    expect(sum(1, 1e100, 1, -1e100)).toBe(2);
  });

  it('passes infinities and NaN on', () => {
    expect(sum(1, Infinity, 1)).toBe(Infinity);
    expect(sum(Infinity, -Infinity)).toBeNaN();
    expect(sum(1, NaN, 1)).toBeNaN();
    expect(sum(1.7e308, 1.7e308)).toBe(Infinity);
  });

  it('looks only at the part it is asked for', () => {
    expect(sumOf(Float64Array.of(1, 2, 4, 8), 1, 3)).toBe(6);
  });

  it('is exact for integers in any order (200 runs)', () => {
    const integers = fc.array(fc.maxSafeInteger(), { minLength: 1, maxLength: 50 });
    fc.assert(fc.property(integers, (values) => {
      const exact = values.reduce((total, value) => total + BigInt(value), 0n);
      expect(Math.abs(sum(...values) - Number(exact))).toBeLessThanOrEqual(Math.abs(Number(exact)) * Number.EPSILON);
    }), { numRuns: 200 });
  });
});

describe('meanOf', () => {
  it('does not overflow where the mean would not', () => {
    expect(mean(1.6e308, 1.2e308, 1.4e308)).toBeCloseTo(1.4e308, -298);
    expect(mean(-1.6e308, -1.6e308)).toBe(-1.6e308);
  });

  it('is exact for equal values', () => {
    expect(mean(...new Array<number>(13).fill(52.1))).toBe(52.1);
  });

  it('passes infinities and NaN on', () => {
    expect(mean(Infinity)).toBe(Infinity);
    expect(mean(Infinity, 0, Infinity)).toBe(Infinity);
    expect(mean(1, Infinity, -Infinity)).toBeNaN();
    expect(mean(1, NaN)).toBeNaN();
  });

  it('is the sum by the count (200 runs)', () => {
    const values = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 50 });
    fc.assert(fc.property(values, (numbers) => {
      expect(mean(...numbers)).toBeCloseTo(sum(...numbers) / numbers.length, 6);
    }), { numRuns: 200 });
  });
});

describe('KahanSum', () => {
  it('adds like sumOf, and scales what it has and what it has lost', () => {
    const total = new KahanSum();
    for (const value of [1, 1e100, 1, -1e100]) total.add(value);
    total.scale(0.5);
    expect(total.value).toBe(1);
  });
});
