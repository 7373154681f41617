import { describe, expect, it } from 'vitest';
import { quantileOf } from './quantile.js';

describe('quantileOf', () => {
  it('interpolates between neighbours', () => {
    expect(quantileOf(0.8, Float64Array.of(2, 0, 1))).toBeCloseTo(1.6, 12);
    expect(quantileOf(1, Float64Array.of(3, 9))).toBe(9);
  });

  it('takes NaN for the least value', () => {
    expect(quantileOf(0.8, Float64Array.of(0, NaN, 1))).toBeCloseTo(0.6, 12);
    expect(quantileOf(0.2, Float64Array.of(0, NaN, 1))).toBeNaN();
  });

  it('goes to infinity outside of 0 to 1, and is NaN for NaN and for nothing', () => {
    expect(quantileOf(-1, Float64Array.of(1))).toBe(-Infinity);
    expect(quantileOf(2, Float64Array.of(1))).toBe(Infinity);
    expect(quantileOf(NaN, Float64Array.of(1))).toBeNaN();
    expect(quantileOf(0.5, new Float64Array(0))).toBeNaN();
  });
});
