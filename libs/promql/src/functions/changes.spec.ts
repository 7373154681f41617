import { describe, expect, it } from 'vitest';
import { CHANGE_FUNCTIONS } from './changes.js';
import { applied, every, histogramOf, windowOf, type TimedSample, type WindowBounds } from './range-window.fixture.js';

const BOUNDS: WindowBounds = { startSec: -1, endSec: 100 };
const changes = (samples: readonly TimedSample[], bounds = BOUNDS) => applied(CHANGE_FUNCTIONS.changes, windowOf(samples, bounds)).value;
const resets = (samples: readonly TimedSample[], bounds = BOUNDS) => applied(CHANGE_FUNCTIONS.resets, windowOf(samples, bounds)).value;

describe('changes and resets', () => {
  it('compare neighbours', () => {
    expect(changes(every(1, [1, 1, 2, 1, 3, 3]))).toBe(3);
    expect(resets(every(1, [1, 1, 2, 1, 3, 3]))).toBe(1);
    expect([changes([[0, 7]]), resets([[0, 7]])]).toEqual([0, 0]);
  });

  it('take NaN as equal to NaN', () => {
    expect(changes(every(1, [NaN, NaN, 1, NaN]))).toBe(2);
    expect(resets(every(1, [2, NaN, 1]))).toBe(0);
  });

  it('count from float to histogram as both', () => {
    const samples: TimedSample[] = [[0, 1], [1, histogramOf([1])], [2, histogramOf([2])], [3, histogramOf([2])], [4, histogramOf([1])], [5, 1]];
    expect([changes(samples), resets(samples)]).toEqual([4, 3]);
  });

  it('look at start timestamps for resets', () => {
    expect(resets([[10, 1], [20, 2], [30, 3]], { ...BOUNDS, startsSec: [5, 15, 15] })).toBe(1);
  });

  it('compare with the sample ahead of an anchored window, unless it is alone', () => {
    expect(resets([[0, 2], [10, 1]], { startSec: 5, endSec: 10, extension: 'anchored' })).toBe(1);
    expect(resets([[0, 2], [5, 1]], { startSec: 5, endSec: 10, extension: 'anchored' })).toBeNull();
  });
});
