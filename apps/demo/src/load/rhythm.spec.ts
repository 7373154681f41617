import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COUNTRIES } from '../plan/countries.js';
import { FLOOR_SHARE, localHour, shareOfPeak } from './rhythm.js';

const HOUR_MS = 3_600_000;
const pagesPerSecAt = (nowMs: number): number => COUNTRIES.reduce((sum, country) => sum + country.peakPagesPerSec * shareOfPeak(localHour(nowMs, country.utcOffsetHours)), 0);
const everyQuarterHour = Array.from({ length: 96 }, (_, i) => (i * HOUR_MS) / 4);

describe('daily rhythm', () => {
  it('knows the local hour on both sides of UTC', () => {
    const noonUtcMs = 20_000 * 24 * HOUR_MS + 12 * HOUR_MS;
    expect(localHour(noonUtcMs, 5.5)).toBeCloseTo(17.5, 6);
    expect(localHour(noonUtcMs, -13)).toBeCloseTo(23, 6);
    expect(localHour(noonUtcMs, 12)).toBeCloseTo(0, 6);
  });

  it('is busiest in the evening and never below the floor', () => {
    expect(shareOfPeak(20)).toBe(1);
    expect(shareOfPeak(4)).toBe(FLOOR_SHARE);
    fc.assert(fc.property(fc.double({ min: 0, max: 24, maxExcluded: true, noNaN: true }), (hour) => shareOfPeak(hour) >= FLOOR_SHARE && shareOfPeak(hour) <= 1));
  });

  it('moves without jumps, midnight included', () => {
    for (let minute = 0; minute < 1_440; minute++) {
      const step = shareOfPeak(((minute + 1) / 60) % 24) - shareOfPeak(minute / 60);
      expect(Math.abs(step)).toBeLessThan(0.01);
    }
  });

  it('all countries together peak at 40 to 60 page views a second and never fall below 25', () => {
    const pagesPerSec = everyQuarterHour.map(pagesPerSecAt);
    expect(Math.max(...pagesPerSec)).toBeGreaterThan(40);
    expect(Math.max(...pagesPerSec)).toBeLessThan(60);
    expect(Math.min(...pagesPerSec)).toBeGreaterThan(25);
  });

  it('the mix moves around the world during the day', () => {
    const busiestAt = (nowMs: number) => COUNTRIES.map((country) => [country.code, shareOfPeak(localHour(nowMs, country.utcOffsetHours))] as const).sort((a, b) => b[1] - a[1])[0]?.[0];
    expect(busiestAt(11 * HOUR_MS)).toBe('jp');
    expect(busiestAt(20 * HOUR_MS)).toBe('gb');
    expect(busiestAt(2 * HOUR_MS)).toBe('us');
  });
});
