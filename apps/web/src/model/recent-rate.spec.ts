import { describe, expect, it } from 'vitest';
import { quietRate } from './empty-world.js';
import { healthOf } from './health.js';
import { recentRate } from './recent-rate.js';
import type { EdgeRate } from './world.js';

const second = (sec: number, requestsPerSec: number, more: Partial<EdgeRate> = {}): EdgeRate => ({ ...quietRate(sec), requestsPerSec, p50Ms: requestsPerSec > 0 ? 10 : null, ...more });
const recent = (history: readonly EdgeRate[]) => recentRate({ now: history.at(-1) ?? quietRate(0), history });

describe('recentRate', () => {
  it('does not call a rare edge idle because of one silent second', () => {
    const rate = recent([second(1, 1), second(2, 0), second(3, 1), second(4, 0)]);
    expect(rate).toMatchObject({ sec: 4, requestsPerSec: 0.5, p50Ms: 10 });
    expect(healthOf(rate)).toBe('healthy');
  });

  it('forgets what is older than five seconds, by the clock and not by the number of entries', () => {
    expect(recent([second(1, 100), second(2, 10), second(6, 0)]).requestsPerSec).toBe(5);
    expect(healthOf(recent([second(1, 100), second(9, 0)]))).toBe('idle');
  });

  it('shows in the first second that an edge that worked now fails', () => {
    const before = [1, 2, 3, 4].map((sec) => second(sec, 10));
    expect(healthOf(recent([...before, second(5, 10, { failuresPerSec: 10 })]))).toBe('failing');
  });

  it('is the rate itself without history', () => {
    expect(recentRate({ now: second(3, 7), history: [] })).toEqual(second(3, 7));
  });
});
