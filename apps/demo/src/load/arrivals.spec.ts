import { describe, expect, it } from 'vitest';
import { seededRandom } from '../chance/random.js';
import { nextArrivalMs } from './arrivals.js';

function arrivalsWithin(untilMs: number, ratePerSec: number, seed: number): number[] {
  const random = seededRandom(seed);
  const due: number[] = [];
  for (let dueMs = nextArrivalMs({ dueMs: 0, nowMs: 0 }, ratePerSec, random); dueMs < untilMs; dueMs = nextArrivalMs({ dueMs, nowMs: dueMs }, ratePerSec, random)) due.push(dueMs);
  return due;
}

describe('Poisson arrivals', () => {
  it('come at the asked rate', () => {
    const count = arrivalsWithin(1_000_000, 12, 1).length;
    expect(count).toBeGreaterThan(12_000 * 0.98);
    expect(count).toBeLessThan(12_000 * 1.02);
  });

  it('vary as much as their mean from second to second', () => {
    const perSec = new Array<number>(2_000).fill(0);
    for (const dueMs of arrivalsWithin(2_000_000, 10, 2)) perSec[Math.floor(dueMs / 1_000)]! += 1;
    const mean = perSec.reduce((sum, count) => sum + count, 0) / perSec.length;
    const variance = perSec.reduce((sum, count) => sum + (count - mean) ** 2, 0) / perSec.length;
    expect(variance / mean).toBeGreaterThan(0.9);
    expect(variance / mean).toBeLessThan(1.1);
  });

  it('are not thinned out by a late timer', () => {
    const onTime = nextArrivalMs({ dueMs: 1_000, nowMs: 1_000 }, 5, seededRandom(3));
    expect(nextArrivalMs({ dueMs: 1_000, nowMs: 1_900 }, 5, seededRandom(3))).toBe(onTime);
  });

  it('do not burst after a long pause', () => {
    expect(nextArrivalMs({ dueMs: 1_000, nowMs: 60_000 }, 5, seededRandom(3))).toBeGreaterThan(60_000);
  });
});
