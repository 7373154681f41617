import { describe, expect, it } from 'vitest';
import { RATE_FUNCTIONS } from './rate.js';
import { applied, every, histogramOf, windowOf, type TimedSample, type WindowBounds } from './range-window.fixture.js';

const { rate, increase, delta } = RATE_FUNCTIONS;
const increaseOf = (samples: readonly TimedSample[], bounds: WindowBounds) => applied(increase, windowOf(samples, bounds)).value;

describe('rate, increase and delta of floats', () => {
  it('carry the change on to bounds that are no further away than 1.1 average intervals', () => {
    // 30 in 30 s, with 10.5 s ahead and 10.9 s behind.
    expect(increaseOf(every(10, [50, 60, 70, 80], 10.5), { startSec: 0, endSec: 51.4 })).toBeCloseTo(51.4, 10);
  });

  it('carry it on by half an interval where the series seems to begin or end within the window', () => {
    // 30 in 30 s, with 11 s ahead and 20 s behind: 5 s on each side.
    expect(increaseOf(every(10, [50, 60, 70, 80], 11), { startSec: 0, endSec: 61 })).toBeCloseTo(40, 10);
  });

  it('carry a counter back to no earlier than where it would have been 0', () => {
    // 2 at 8 s, 1 a second: it was 0 at 6 s, where a gauge might have been -6 at 0 s.
    const samples = every(8, [2, 10, 18], 8);
    expect(increaseOf(samples, { startSec: 0, endSec: 24 })).toBeCloseTo(18, 10);
    expect(applied(delta, windowOf(samples, { startSec: 0, endSec: 24 })).value).toBeCloseTo(24, 10);
  });

  it('count what a counter had reached at each reset, and take a gauge as it comes', () => {
    const samples = every(10, [10, 30, 5, 20, 1], 10);
    // -9 + 30 + 20 in 40 s, back to 0 at 10 s - 40 s * 10/41 < 0 s.
    expect(increaseOf(samples, { startSec: 0, endSec: 50 })).toBeCloseTo(41 * (40 + (40 * 10) / 41) / 40, 10);
    expect(applied(delta, windowOf(samples, { startSec: 0, endSec: 50 })).value).toBeCloseTo((-9 * 50) / 40, 10);
  });

  it('divide by the length of the window for a rate', () => {
    expect(applied(rate, windowOf(every(15, [100, 130, 160, 190, 220], 15), { startSec: 0, endSec: 75 })).value).toBeCloseTo(2, 10);
  });

  it('give nothing for one sample', () => {
    expect(increaseOf([[10, 4]], { startSec: 0, endSec: 20 })).toBeNull();
  });

  it('give nothing for floats beside histograms, and say so', () => {
    const samples: TimedSample[] = [[1, 1], [2, 2], [3, histogramOf([1])]];
    expect(applied(rate, windowOf(samples, { startSec: 0, endSec: 4 }))).toEqual({ value: null, warnings: ['encountered a mix of histograms and floats for metric name "m"'], infos: [] });
  });
});

describe('counters that are known to have begun within the window', () => {
  it('count from there, even with one sample', () => {
    expect(increaseOf([[10, 4]], { startSec: 0, endSec: 20, startsSec: [5] })).toBe(4);
    // 4 from 5 s to 10 s, 6 more to 20 s, and on for 5 s at 10 in 15 s.
    expect(increaseOf([[10, 4], [20, 10]], { startSec: 0, endSec: 25, startsSec: [5, 5] })).toBeCloseTo((10 * 20) / 15, 10);
  });

  it('are reset where a start lies between two samples, although the value rose', () => {
    expect(increaseOf([[10, 4], [20, 10]], { startSec: 10, endSec: 20, startsSec: [1, 15] })).toBeCloseTo(10, 10);
  });

  it('are suspected where starts overlap', () => {
    const { warnings } = applied(increase, windowOf([[10, 4], [20, 10]], { startSec: 10, endSec: 20, startsSec: [1, 2] }));
    expect(warnings).toEqual(['sample has start time that overlaps with previous sample timestamp for metric "m"']);
  });

  it('do not concern a gauge', () => {
    expect(applied(delta, windowOf([[10, 4]], { startSec: 0, endSec: 20, startsSec: [5] })).value).toBeNull();
  });
});

describe('anchored windows', () => {
  const bounds = { startSec: 10, endSec: 40, extension: 'anchored' } as const;

  it('count from the sample ahead of the window to the last within, extrapolating nothing', () => {
    expect(increaseOf([[5, 3], [20, 10], [35, 14]], bounds)).toBe(11);
    expect(applied(rate, windowOf([[5, 3], [20, 10], [35, 14]], bounds)).value).toBeCloseTo(11 / 30, 10);
  });

  it('count what was reached at a reset', () => {
    expect(increaseOf([[5, 3], [20, 10], [35, 4]], bounds)).toBe(11);
    expect(applied(delta, windowOf([[5, 3], [20, 10], [35, 4]], bounds)).value).toBe(1);
  });

  it('give nothing when all samples are ahead of them', () => {
    expect(increaseOf([[5, 3], [10, 10]], bounds)).toBeNull();
  });
});

describe('smoothed windows', () => {
  const bounds = { startSec: 10, endSec: 40, extension: 'smoothed' } as const;

  it('interpolate the values at both bounds', () => {
    // 5 at 10 s, 16 at 40 s.
    expect(increaseOf([[5, 3], [20, 9], [30, 12], [45, 18]], bounds)).toBeCloseTo(11, 10);
  });

  it('take a counter that was reset across a bound to have begun anew from 0', () => {
    // 2 at 10 s on the way from 0 at 5 s to 6 at 20 s, and 4 at 40 s on the way from 0 at 30 s to 6 at 45 s; 12 was reached between.
    expect(increaseOf([[5, 30], [20, 6], [30, 12], [45, 6]], bounds)).toBeCloseTo(4 - 2 + 12, 10);
    expect(applied(delta, windowOf([[5, 30], [20, 6], [30, 12], [45, 6]], bounds)).value).toBeCloseTo(8 - 22, 10);
  });

  it('give nothing when all samples are on one side of them', () => {
    expect(increaseOf([[5, 3]], bounds)).toBeNull();
    expect(increaseOf([[45, 3]], bounds)).toBeNull();
  });
});
