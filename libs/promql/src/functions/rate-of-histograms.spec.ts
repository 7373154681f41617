import { describe, expect, it } from 'vitest';
import type { Histogram } from '#metrics';
import { INSTANT_RATE_FUNCTIONS } from './instant-rate.js';
import { RATE_FUNCTIONS } from './rate.js';
import { applied, histogramOf, windowOf, type WindowBounds } from './range-window.fixture.js';

const { rate, increase, delta } = RATE_FUNCTIONS;
const BOUNDS = { startSec: 0, endSec: 30 };
const every10s = (histograms: readonly Histogram[], bounds: WindowBounds = BOUNDS) => windowOf(histograms.map((histogram, i) => [10 + i * 10, histogram] as const), bounds);
const custom = histogramOf([1], { schema: -53, customBounds: [1, 2] });

describe('rate, increase and delta of histograms', () => {
  it('subtract bucket by bucket and extrapolate like floats', () => {
    const { value, warnings } = applied(increase, every10s([histogramOf([2, 2]), histogramOf([3, 3]), histogramOf([4, 4])]));
    expect(value).toMatchObject({ count: 6, sum: 12, positive: { counts: [3, 3] }, resetHint: 'gauge' });
    expect(warnings).toEqual([]);
  });

  it('do not go back beyond where the count would have been 0', () => {
    // 1 at 10 s, 3 in 20 s: back by 20/3 s.
    expect((applied(increase, every10s([histogramOf([1]), histogramOf([2]), histogramOf([4])])).value as Histogram).count).toBeCloseTo((3 * (20 + 20 / 3)) / 20, 10);
  });

  it('divide by the length of the window for a rate', () => {
    expect(applied(rate, every10s([histogramOf([20]), histogramOf([35]), histogramOf([50])])).value).toMatchObject({ count: 1.5, positive: { counts: [1.5] } });
  });

  it('count what was reached at a reset, which a single bucket that falls gives away', () => {
    const reset = every10s([histogramOf([20, 20]), histogramOf([30, 30]), histogramOf([10, 70])]);
    // 100 in 20 s, on for 10 s and back for the 8 s to where the count was 0.
    const { value } = applied(increase, reset);
    expect(value).toMatchObject({ positive: { counts: [28, 112] } });
    expect((value as Histogram).count).toBeCloseTo(140, 10);
  });

  it('pass over the layout of a first histogram that was reset right away', () => {
    const { value, warnings } = applied(increase, every10s([custom, histogramOf([3], { resetHint: 'reset' }), histogramOf([5])]));
    expect(value).toMatchObject({ schema: 0 });
    expect(warnings).toEqual([]);
  });

  it('bring all to the coarsest schema, though that is of one in between', () => {
    expect(applied(increase, every10s([histogramOf([1]), histogramOf([2], { schema: -1 }), histogramOf([3])])).value).toMatchObject({ schema: -1 });
  });

  it('give nothing across both kinds of buckets, and say so', () => {
    const { value, warnings } = applied(rate, every10s([histogramOf([1]), custom, histogramOf([3])]));
    expect(value).toBeNull();
    expect(warnings).toEqual(['vector contains a mix of histograms with exponential and custom buckets schemas for metric name "m"']);
  });

  it('say so where a counter is wanted of gauges, or the other way around', () => {
    const gauges = [histogramOf([2], { resetHint: 'gauge' }), histogramOf([1], { resetHint: 'gauge' })];
    expect(applied(delta, every10s(gauges)).warnings).toEqual([]);
    expect(applied(rate, every10s(gauges)).warnings).toEqual(['this native histogram metric is not a counter: "m"']);
    expect(applied(delta, every10s([histogramOf([1]), histogramOf([2])])).warnings).toEqual(['this native histogram metric is not a gauge: "m"']);
  });

  it('count from where the counter is known to have begun, even with one sample', () => {
    expect(applied(increase, windowOf([[10, histogramOf([4])]], { ...BOUNDS, startsSec: [5] })).value).toMatchObject({ count: 4 });
    expect(applied(increase, windowOf([[10, histogramOf([4])], [20, histogramOf([7])]], { startSec: 0, endSec: 20, startsSec: [5, 5] })).value).toMatchObject({ count: 7 });
    expect(applied(increase, windowOf([[10, histogramOf([4])]], BOUNDS)).value).toBeNull();
  });
});

describe('anchored and smoothed windows of histograms', () => {
  const anchored = { startSec: 15, endSec: 35, extension: 'anchored' } as const;
  const smoothed = { startSec: 15, endSec: 35, extension: 'smoothed' } as const;

  it('count from the sample ahead, with what was reached at a reset', () => {
    expect(applied(increase, every10s([histogramOf([4]), histogramOf([6]), histogramOf([1])], anchored)).value).toMatchObject({ count: 3 });
  });

  it('interpolate at both bounds', () => {
    // 5 at 15 s, 11 at 35 s.
    expect(applied(increase, every10s([histogramOf([4]), histogramOf([6]), histogramOf([10]), histogramOf([12])], smoothed)).value).toMatchObject({ count: 6 });
  });

  it('count a reset across the start once', () => {
    // 3 at 15 s on the way from nothing at 10 s, 11 at 35 s.
    expect(applied(increase, every10s([histogramOf([9]), histogramOf([6]), histogramOf([10]), histogramOf([12])], smoothed)).value).toMatchObject({ count: 8 });
  });

  it('give nothing across both kinds of buckets, and say so', () => {
    const { value, warnings } = applied(delta, every10s([histogramOf([1]), custom], anchored));
    expect(value).toBeNull();
    expect(warnings).toEqual(['vector contains a mix of histograms with exponential and custom buckets schemas for metric name "m"']);
  });
});

describe('irate and idelta', () => {
  const { irate, idelta } = INSTANT_RATE_FUNCTIONS;

  it('look at the last two samples alone', () => {
    const window = windowOf([[0, 900], [10, 5], [14, 9]], { startSec: -1, endSec: 20 });
    expect(applied(irate, window).value).toBe(1);
    expect(applied(idelta, window).value).toBe(4);
  });

  it('take the last value of a counter that was reset', () => {
    const window = windowOf([[10, 5], [14, 2]], { startSec: 0, endSec: 20 });
    expect(applied(irate, window).value).toBe(0.5);
    expect(applied(idelta, window).value).toBe(-3);
    expect(applied(irate, windowOf([[10, 5], [14, 8]], { startSec: 0, endSec: 20, startsSec: [1, 11] })).value).toBe(2);
  });

  it('take histograms as well, but not one and a float', () => {
    expect(applied(irate, windowOf([[10, histogramOf([5])], [14, histogramOf([7])]], BOUNDS)).value).toMatchObject({ count: 0.5, resetHint: 'gauge' });
    expect(applied(idelta, windowOf([[10, 5], [14, histogramOf([7])]], BOUNDS))).toMatchObject({ value: null, warnings: ['encountered a mix of histograms and floats for metric name "m"'] });
  });

  it('give nothing for one sample', () => {
    expect(applied(irate, windowOf([[10, 5]], BOUNDS)).value).toBeNull();
  });
});
