import { describe, expect, it } from 'vitest';
import { MATH_FUNCTIONS } from './math.js';
import { histogramOf } from './range-window.fixture.js';

const NOTES = { warn: () => {}, info: () => {} };
const of = (name: keyof typeof MATH_FUNCTIONS, value: number, ...args: readonly number[]) => MATH_FUNCTIONS[name].evaluate(value, args, NOTES);

describe('math', () => {
  it('rounds halves up, to a whole number or to what is asked for', () => {
    expect([2.5, -2.5, 0.49].map((value) => of('round', value))).toEqual([3, -2, 0]);
    expect([of('round', 17, 5), of('round', 0.27, 0.1), of('round', -7.5, 5)]).toEqual([15, 0.3, -5]);
  });

  it('clamps, gives nothing between bounds that have changed places, and NaN where a bound is NaN', () => {
    expect([of('clamp', 7, 1, 5), of('clamp', -7, 1, 5), of('clamp', 3, 1, 5), of('clamp', 3, 5, 1)]).toEqual([5, 1, 3, null]);
    expect([of('clamp_min', 3, 4), of('clamp_max', 3, 2)]).toEqual([4, 2]);
    expect([of('clamp', 3, NaN, 5), of('clamp_max', NaN, 5)]).toEqual([NaN, NaN]);
  });

  it('keeps zero and NaN as signs', () => {
    expect([of('sgn', -3), of('sgn', 0), of('sgn', 8), of('sgn', NaN)]).toEqual([-1, 0, 1, NaN]);
  });

  it('turns degrees into radians and back', () => {
    expect(of('rad', 180)).toBe(Math.PI);
    expect(of('deg', Math.PI / 2)).toBe(90);
  });

  it('leaves histograms out', () => {
    for (const { evaluate } of Object.values(MATH_FUNCTIONS)) expect(evaluate(histogramOf([1]), [1, 2], NOTES)).toBeNull();
  });
});
