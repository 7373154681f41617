import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeTexts, valueBounds, valueTexts } from './axis-text.js';

describe('valueTexts', () => {
  it.each([
    [[0, 50, 100], ['0', '50', '100']],
    [[0, 0.25, 0.5], ['0', '0.25', '0.50']],
    [[1_000_100, 1_000_200], ['1.0001 M', '1.0002 M']],
    [[-2_000, 0, 2_000], ['−2 k', '0', '2 k']],
    [[0, 5e12], ['0', '5 T']],
    [[0, 2e-9], ['0', '2.00e−9']],
    [[0, 1e18], ['0', '1.00e+18']],
    [[7], ['7']],
    [[], []],
  ])('writes %j as %j', (values, texts) => expect(valueTexts(values)).toEqual(texts));

  it('never writes two ticks alike (500 runs)', () => {
    const steps = fc.tuple(fc.constantFrom(1, 2, 2.5, 5), fc.integer({ min: -5, max: 12 }), fc.integer({ min: -50, max: 50 }));
    fc.assert(
      fc.property(steps, ([factor, power, first]) => {
        const step = factor * 10 ** power;
        const texts = valueTexts(Array.from({ length: 5 }, (_, i) => (first + i) * step));
        expect(new Set(texts).size).toBe(5);
      }),
      { numRuns: 500 },
    );
  });
});

describe('timeTexts', () => {
  const noon = new Date(2026, 10, 23, 12, 0, 5).getTime() / 1_000;
  const midnight = new Date(2026, 10, 24).getTime() / 1_000;
  it('is as fine as the steps are', () => expect([5, 60, 86_400].map((step) => timeTexts([noon], step)[0])).toEqual(['12:00:05', '12:00', '11-23']));
  it('names the day that begins', () => expect(timeTexts([midnight - 3_600, midnight], 3_600)).toEqual(['23:00', '11-24']));
});

describe('valueBounds', () => {
  it.each([
    [null, null, 0, 1],
    [10, 100, 0, 107.2],
    [990, 1_000, 989.2, 1_000.8],
    [5, 5, 0, 5.5],
    [0, 0, 0, 1],
    [-3, 3, -3.48, 3.48],
    [-10, -1, -10.72, 0],
  ])('for %s to %s are %d and %d', (low, high, from, to) => {
    const bounds = valueBounds(low, high);
    expect([bounds[0], bounds[1]]).toEqual([expect.closeTo(from, 6), expect.closeTo(to, 6)]);
  });
});
