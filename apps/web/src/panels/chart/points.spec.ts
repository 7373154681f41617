import { describe, expect, it } from 'vitest';
import { chartColumns, isolatedIndices, lastValue, mergePoints, pointOfRecord } from './points.js';

const point = (sec: number, requests: number) => pointOfRecord({ sec, requests, failures: requests / 2, p50Ms: 1, p95Ms: 2, p99Ms: 3 });

describe('mergePoints', () => {
  it('takes a second that both know from the page', () => {
    const merged = mergePoints([point(1, 10), point(2, 20)], [point(2, 99), point(3, 30)]);
    expect(merged.map(({ sec, requestsPerSec }) => [sec, requestsPerSec])).toEqual([[1, 10], [2, 99], [3, 30]]);
  });

  it('keeps all that is recorded while nothing is live yet', () => expect(mergePoints([point(1, 10)], [])).toHaveLength(1));
});

describe('chartColumns', () => {
  it('leaves a gap, not a zero, where a second is missing', () => {
    expect(chartColumns([point(1, 10), point(3, 30)], ['requestsPerSec', 'failureRatio'], { fromSec: 0, toSec: 4 })).toEqual([
      [0, 1, 2, 3],
      [null, 10, null, 30],
      [null, 0.5, null, 0.5],
    ]);
  });

  it('has no failure share without a request', () => expect(point(1, 0).failureRatio).toBeNull());
});

describe('isolatedIndices', () => {
  it('finds the values that no line reaches', () => expect(isolatedIndices([1, null, 2, 3, null, 4])).toEqual([0, 5]));
  it('finds none in a line or in nothing', () => expect([isolatedIndices([1, 2]), isolatedIndices([null]), isolatedIndices([])]).toEqual([[], [], []]));
});

describe('lastValue', () => {
  it('is the newest that is known', () => expect([lastValue([1, 2, null]), lastValue([null]), lastValue([])]).toEqual([2, null, null]));
});
