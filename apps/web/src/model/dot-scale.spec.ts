import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dotScale, steadyDotScale } from './dot-scale.js';

describe('dotScale', () => {
  it.each([
    [0, 1],
    [100, 1],
    [101, 2],
    [201, 5],
    [501, 10],
    [9_000, 100],
    [123_456, 2_000],
  ])('takes %d requests a second to %d a dot with room for 100', (rate, scale) => expect(dotScale(rate, 100)).toBe(scale));

  it('stays on the ladder, within the budget, and uses it', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.integer({ min: 1, max: 500 }), (rate, budget) => {
        const scale = dotScale(rate, budget);
        const leading = scale / 10 ** Math.floor(Math.log10(scale) + 1e-9);
        return [1, 2, 5].includes(Math.round(leading)) && rate / scale <= budget && (scale === 1 || rate / scale > budget / 2.5 - 1e-9);
      }),
    );
  });
});

describe('steadyDotScale', () => {
  it('grows at once and shrinks only with room to spare', () => {
    expect(steadyDotScale(1, 150, 100)).toBe(2);
    expect(steadyDotScale(2, 90, 100)).toBe(2);
    expect(steadyDotScale(2, 45, 100)).toBe(1);
  });
});
