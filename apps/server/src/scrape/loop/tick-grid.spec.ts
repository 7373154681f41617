import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TickGrid } from './tick-grid.js';

const wall = fc.integer({ min: 1_600_000_000_000, max: 1_900_000_000_000 });
const interval = fc.integer({ min: 10, max: 3_600_000 });
const spread = fc.integer({ min: 0, max: 2 ** 47 });

describe('ticks', () => {
  it('come within an interval, and are the same ones whenever the process began (500 runs)', () => {
    fc.assert(
      fc.property(wall, interval, spread, fc.nat(1_000_000), (nowMs, intervalMs, own, laterMs) => {
        const grid = new TickGrid(intervalMs, own);
        const first = grid.untilFirst(nowMs);
        expect(first).toBeGreaterThan(0);
        expect(first).toBeLessThanOrEqual(intervalMs);
        const later = new TickGrid(intervalMs, own);
        expect((nowMs + laterMs + later.untilFirst(nowMs + laterMs) - (nowMs + first)) % intervalMs).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  it('follow one another whether the timer was early or late by a little (500 runs)', () => {
    fc.assert(
      fc.property(wall, interval, spread, fc.integer({ min: -2, max: 4 }), (nowMs, intervalMs, own, offMs) => {
        const grid = new TickGrid(intervalMs, own);
        const tick = nowMs + grid.untilFirst(nowMs);
        const began = tick + offMs;
        expect(began + grid.untilNext(began, began)).toBe(tick + intervalMs);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [15_000, -2, true],
    [15_000, 2, true],
    [15_000, 3, false],
    [15_000, -3, false],
    [150, 1, true],
    [150, 2, false],
    [90, 1, false],
  ])('of %d ms give their time to a scrape that is %d ms off: %s', (intervalMs, offMs, snapped) => {
    const grid = new TickGrid(intervalMs, 7);
    const tick = 1_700_000_000_000 + grid.untilFirst(1_700_000_000_000);
    expect(grid.timestampAt(tick + offMs)).toBe(snapped ? tick : tick + offMs);
  });

  it('that went by during a scrape become one scrape right after it', () => {
    const grid = new TickGrid(1_000, 0);
    expect(grid.untilNext(10_000, 10_400)).toBe(600);
    expect(grid.untilNext(10_000, 11_000)).toBe(0);
    expect(grid.untilNext(10_000, 14_500)).toBe(0);
    expect(grid.untilNext(14_500, 14_600)).toBe(400);
  });

  it('are not waited for much longer than an interval when the clock is set back', () => {
    expect(new TickGrid(1_000, 0).untilNext(3_600_000, 0)).toBe(1_002);
  });
});
