import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustForFamily } from './benjamini-hochberg.js';
import { PairwiseShift } from './hodges-lehmann.js';
import { mannWhitney } from './mann-whitney.js';
import { normalCdf, normalQuantile } from './normal.js';
import { proportionShift } from './proportion-shift.js';
import { varianceInflation } from './variance-inflation.js';

const sample = fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })), { minLength: 1, maxLength: 25 });

function sortedDifferences(x: readonly number[], y: readonly number[]): number[] {
  return x.flatMap((a) => y.map((b) => a - b)).sort((a, b) => a - b);
}

/** Park and Miller's generator: enough for simulations, and the same numbers on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

function normalNoise(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
}

/** A stationary AR(1) series of unit variance. */
function autoregressive({ length, phi, random }: { length: number; phi: number; random: () => number }): number[] {
  const series = [normalNoise(random)];
  while (series.length < length) series.push(phi * series[series.length - 1]! + Math.sqrt(1 - phi * phi) * normalNoise(random));
  return series;
}

describe('the normal distribution', () => {
  // From the erfc of the C library, by way of Python.
  it.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [-2.5, 0.006209665325776132],
    [3, 0.9986501019683699],
    [-5, 2.866515718791939e-7],
    [-8, 6.220960574271785e-16],
    [1.959963984540054, 0.975],
  ])('A1 has Phi(%d) = %d', (z, share) => {
    expect(Math.abs(normalCdf(z) - share)).toBeLessThan(1e-12);
    expect(normalCdf(z) / share).toBeCloseTo(1, 9);
  });

  it('A1 rises without a step where the series hands over to the fraction', () => {
    const at = 2 * Math.SQRT2;
    expect(Math.abs(normalCdf(at + 1e-13) - normalCdf(at - 1e-13))).toBeLessThan(1e-13);
  });

  it('A1 has an inverse', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 11);
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (share) => {
        expect(normalCdf(normalQuantile(share))).toBeCloseTo(share, 12);
      }),
    );
    for (const share of [0, 1, Number.NaN]) expect(() => normalQuantile(share)).toThrow(RangeError);
  });
});

describe('mannWhitney', () => {
  it('A2 gives the values of the scipy documentation: U 17, p 0.11134689, delta 0.7', () => {
    const test = mannWhitney([19, 22, 16, 29, 24], [20, 11, 17, 12]);
    expect(test.u).toBe(17);
    expect(test.p).toBeCloseTo(0.11134689, 7);
    expect(test.cliffsDelta).toBeCloseTo(0.7, 12);
  });

  it('A2 corrects for ties: delta -0.25, p 0.43775867', () => {
    const test = mannWhitney([10, 10, 20, 20, 20, 30, 30, 30, 40, 50], [10, 20, 30, 40, 40, 50]);
    expect(test.cliffsDelta).toBeCloseTo(-0.25, 12);
    expect(test.p).toBeCloseTo(0.43775867, 7);
  });

  it('A2 is the same from the other side, with the sign turned', () => {
    fc.assert(
      fc.property(sample, sample, (x, y) => {
        const [there, back] = [mannWhitney(x, y), mannWhitney(y, x)];
        expect(back.p).toBeCloseTo(there.p, 10);
        expect(back.z).toBeCloseTo(-there.z, 10);
      }),
    );
  });

  it('A2 finds nothing in values that are all equal', () => {
    expect(mannWhitney([3, 3, 3], [3, 3])).toMatchObject({ z: 0, p: 1, cliffsDelta: 0 });
  });

  it('A4 is less sure when the variance is inflated', () => {
    const [x, y] = [[5, 6, 7, 8, 9], [1, 2, 3, 4]];
    expect(mannWhitney(x, y, 4).p).toBeGreaterThan(mannWhitney(x, y, 1).p);
  });
});

describe('PairwiseShift', () => {
  it('A3 estimates 22.5 and 20 for the two reference pairs', () => {
    expect(new PairwiseShift([10, 20, 30, 40], [1, 2, 3, 4]).estimate()).toBe(22.5);
    expect(new PairwiseShift([20, 22, 21, 25, 30], [1, 2.2, 1.1, 2.5, 3]).estimate()).toBe(20);
  });

  it('A3 spans 6 to 39 over the differences of the reference pair, and bounds nothing at 98 % with four points', () => {
    const shift = new PairwiseShift([10, 20, 30, 40], [1, 2, 3, 4]);
    expect([shift.difference(1), shift.difference(16)]).toEqual([6, 39]);
    expect(shift.interval({ z: normalQuantile(0.99), vif: 1 })).toBeNull();
  });

  it('A3 finds the difference of any rank as sorting all of them would', () => {
    fc.assert(
      fc.property(sample, sample, fc.nat(), (x, y, at) => {
        const all = sortedDifferences(x, y);
        const rank = 1 + (at % all.length);
        expect(new PairwiseShift(x, y).difference(rank) + 0).toBe(all[rank - 1]! + 0);
      }),
      { numRuns: 500 },
    );
  });

  it('A3 puts into the interval what the test does not reject, and nothing else', () => {
    // Distinct values without ties to each other, so that a shift between two differences makes none either.
    const distinct = fc.uniqueArray(fc.integer({ min: 0, max: 10_000 }), { minLength: 8, maxLength: 15 });
    fc.assert(
      fc.property(distinct, distinct, (x, y) => {
        const z = normalQuantile(0.975);
        const interval = new PairwiseShift(x, y).interval({ z, vif: 1 })!;
        for (const mu of [interval.low - 0.5, interval.low + 0.25, interval.high - 0.25, interval.high + 0.5]) {
          const rejected = Math.abs(mannWhitney(x.map((value) => value - mu), y).z) > z;
          expect(rejected).toBe(mu < interval.low || mu > interval.high);
        }
      }),
    );
  });

  it('A3 moves and stretches with its unit', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000), { minLength: 10, maxLength: 20 }), fc.array(fc.nat(1_000), { minLength: 10, maxLength: 20 }), fc.integer({ min: -500, max: 500 }), (x, y, by) => {
        const plain = new PairwiseShift(x, y).interval({ z: 1.96, vif: 1 })!;
        const moved = new PairwiseShift(x.map((value) => 4 * (value + by)), y.map((value) => 4 * value)).interval({ z: 1.96, vif: 1 });
        expect(moved).toEqual({ low: 4 * (plain.low + by), high: 4 * (plain.high + by) });
      }),
    );
  });
});

describe('varianceInflation', () => {
  it('A4 corrects the lag-1 correlation of both windows for its bias', () => {
    // Window means 0; products -1 -1 -1 and -1 -1 -1 over squares 4 + 4: phi -0.75, corrected below 0, so nothing is inflated.
    expect(varianceInflation([1, -1, 1, -1], [-1, 1, -1, 1])).toEqual({ phi: 0, vif: 1 });
    // Means 0; products 1 - 1 + 1 twice over 8: phi 0.25, corrected by (1 + 1) / 4 to 0.75.
    expect(varianceInflation([1, 1, -1, -1], [-1, -1, 1, 1])).toEqual({ phi: 0.75, vif: 7 });
  });

  it('A4 does not take the two sides of a gap for neighbours', () => {
    expect(varianceInflation([1, null, 1, -1, null, -1], [1, null, -1]).phi).toBeLessThan(varianceInflation([1, 1, -1, -1], [1, null, -1]).phi);
  });

  it('A4 is defined for series without any variation', () => {
    expect(varianceInflation(new Array<number>(20).fill(3), new Array<number>(20).fill(3)).vif).toBeCloseTo(1.05 / 0.95, 12);
  });

  it.each([
    [30, 0],
    [30, 0.6],
    [30, 0.8],
    [60, 0.3],
    [60, 0.8],
  ])('A4 keeps false alarms of %d points at an autocorrelation of %d at or below 8 %', (length, phi) => {
    const random = seeded(20_260_801 + length + 100 * phi);
    const runs = 600;
    let alarms = 0;
    for (let run = 0; run < runs; run++) {
      const series = autoregressive({ length: 2 * length, phi, random });
      const [y, x] = [series.slice(0, length), series.slice(length)];
      if (mannWhitney(x, y, varianceInflation(x, y).vif).p < 0.05) alarms += 1;
    }
    expect(alarms / runs).toBeLessThanOrEqual(0.08);
  });
});

describe('proportionShift', () => {
  const steps = (count: number, hits: number, total: number): { hits: number; total: number }[] => Array.from({ length: count }, () => ({ hits, total }));

  it('A5 gives the interval of the published example: 56/70 against 48/80 is 0.0524 to 0.3339', () => {
    const { shift, interval } = proportionShift(steps(1, 56, 70), steps(1, 48, 80), 1);
    expect(shift).toBeCloseTo(0.2, 12);
    expect(interval(normalQuantile(0.975)).low).toBeCloseTo(0.0524, 4);
    expect(interval(normalQuantile(0.975)).high).toBeCloseTo(0.3339, 4);
  });

  it('A5 bounds the difference of two shares of zero by the number of requests', () => {
    const few = proportionShift(steps(30, 0, 5), steps(30, 0, 5), 1).interval(1.645);
    const many = proportionShift(steps(30, 0, 5_000), steps(30, 0, 5_000), 1).interval(1.645);
    expect(few.high).toBeGreaterThan(0.01);
    expect(many.high).toBeLessThan(0.0001);
    expect(many.low).toBeCloseTo(-many.high, 12);
  });

  it('A5 sees one failure in ten where most steps have none', () => {
    const rare = Array.from({ length: 60 }, (_, i) => ({ hits: i % 2, total: 5 }));
    const { shift, p, interval } = proportionShift(rare, steps(60, 0, 5), 1);
    expect(shift).toBeCloseTo(0.1, 12);
    expect(p).toBeLessThan(0.001);
    expect(interval(1.96).low).toBeGreaterThan(0.05);
  });

  it('A5 is wider when failures come in bursts', () => {
    const even = steps(40, 1, 10);
    const bursts = Array.from({ length: 40 }, (_, i) => ({ hits: i % 10 === 0 ? 10 : 0, total: 10 }));
    const clean = steps(40, 0, 10);
    expect(proportionShift(bursts, clean, 1).interval(1.96).low).toBeLessThan(proportionShift(even, clean, 1).interval(1.96).low);
    expect(proportionShift(bursts, clean, 1).p).toBeGreaterThan(proportionShift(even, clean, 1).p);
  });
});

describe('adjustForFamily', () => {
  it('A6 gives the adjusted values of Benjamini and Hochberg 1995', () => {
    const raw = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1];
    const expected = [0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.063857, 0.063857, 0.0645, 0.0765, 0.486, 0.581182, 0.714875, 0.753231, 0.813214, 1];
    adjustForFamily(raw).forEach((p, i) => expect(p).toBeCloseTo(expected[i]!, 6));
  });

  it('A6 keeps the order it was given', () => {
    expect(adjustForFamily([0.04, 0.01])).toEqual([0.04, 0.02]);
    expect(adjustForFamily([])).toEqual([]);
  });
});
