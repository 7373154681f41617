import { describe, expect, it } from 'vitest';
import { addressText, runRequests, searchOf, stateOf } from './explore-state.js';

const NOW = { nowSec: 1_800_000_007, firstId: 1 };

describe('stateOf', () => {
  it('has the address that it came from', () => {
    const search = { q1: 'up', q2: 'x', hidden: '2', tab: 'table', range: '5m', metrics: 'open' };
    expect(searchOf(stateOf(search, NOW))).toEqual(search);
  });
  it('takes addresses that mean the same for the same', () => expect(addressText({ q3: 'up', range: '60m', step: 'x' })).toBe(addressText({ q1: 'up' })));
});

describe('runRequests', () => {
  it('asks what is visible, on times that do not move with now', () => {
    const requests = runRequests(stateOf({ q1: 'up', q2: 'x', hidden: '2', step: '15s', range: '5m' }, NOW));
    expect(requests).toEqual([{ id: 1, runNo: 1, query: 'up', tab: 'chart', startSec: 1_799_999_715, endSec: 1_800_000_007, stepSec: 15 }]);
  });
  it('asks a table for the end of the range', () => {
    expect(runRequests(stateOf({ q1: 'up', tab: 'table', from: '2027-01-15T07:00:00Z', to: '2027-01-15T08:00:00Z' }, NOW))).toMatchObject([{ startSec: 1_800_000_000, endSec: 1_800_000_000 }]);
  });
  it('asks nothing for an empty page', () => expect(runRequests(stateOf({}, NOW))).toEqual([]));
  it('never begins after its end', () => expect(runRequests(stateOf({ q1: 'up', step: '1h', range: '5s' }, NOW))).toMatchObject([{ startSec: 1_800_000_007 }]));
});
