import { describe, expect, it } from 'vitest';
import { exponential, logNormal } from './distributions.js';
import { pickWeighted, seedFor, seededRandom } from './random.js';

const draw = (count: number, next: () => number): number[] => Array.from({ length: count }, next);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('distributions', () => {
  it('exponential gaps have the asked mean and never go negative', () => {
    const random = seededRandom(1);
    const gaps = draw(20_000, () => exponential(250, random));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0);
    expect(mean(gaps)).toBeGreaterThan(240);
    expect(mean(gaps)).toBeLessThan(260);
  });

  it('half of all log-normal values lie below the median', () => {
    const random = seededRandom(2);
    const below = draw(20_000, () => logNormal({ median: 8, sigma: 0.6 }, random)).filter((value) => value < 8).length;
    expect(below / 20_000).toBeGreaterThan(0.48);
    expect(below / 20_000).toBeLessThan(0.52);
  });
});

describe('seeded randomness', () => {
  it('the same seed gives the same sequence and another seed another', () => {
    const first = draw(5, seededRandom(7));
    expect(draw(5, seededRandom(7))).toEqual(first);
    expect(draw(5, seededRandom(8))).not.toEqual(first);
  });

  it('each name gets a seed of its own', () => {
    expect(seedFor(1, 'cart')).not.toBe(seedFor(1, 'orders'));
    expect(seedFor(1, 'cart')).not.toBe(seedFor(2, 'cart'));
  });

  it('weights decide how often an item is picked', () => {
    const random = seededRandom(3);
    const often = draw(10_000, () => Number(pickWeighted([{ weight: 3 }, { weight: 1 }], random).weight === 3));
    expect(mean(often)).toBeGreaterThan(0.73);
    expect(mean(often)).toBeLessThan(0.77);
  });
});
