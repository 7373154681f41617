import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.js';

describe('seededRandom', () => {
  it('gives the same sequence for the same seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (seed) => {
        const one = seededRandom(seed);
        const other = seededRandom(seed);
        for (let i = 0; i < 50; i++) expect(one()).toBe(other());
      }),
    );
  });

  it('gives different sequences for neighbouring seeds', () => {
    const first = new Set(Array.from({ length: 1_000 }, (_, seed) => seededRandom(seed)()));
    expect(first.size).toBeGreaterThan(995);
  });

  it('stays in [0, 1) and fills it evenly', () => {
    const random = seededRandom(7);
    const tenths = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) {
      const value = random();
      // A value outside would fall into no tenth and be missing from the sum.
      if (tenths[Math.floor(value * 10)] !== undefined) tenths[Math.floor(value * 10)]! += 1;
    }
    expect(tenths.reduce((sum, count) => sum + count)).toBe(100_000);
    // Six standard deviations of a binomial count with n = 100000, p = 0.1: chance does not fail this.
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(570);
  });
});
