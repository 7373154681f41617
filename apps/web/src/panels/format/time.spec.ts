import { describe, expect, it } from 'vitest';
import { formatAgo, formatCountdown, formatDuration } from './time.js';

describe('formatDuration', () => {
  it.each([
    [1_000, '1 s'],
    [60_000, '60 s'],
    [90_000, '90 s'],
    [150_000, '2 min 30 s'],
    [300_000, '5 min'],
    [3_600_000, '1 h'],
    [3_661_000, '1 h 1 min 1 s'],
  ])('writes %d ms as %s', (ms, text) => expect(formatDuration(ms)).toBe(text));
});

describe('formatCountdown', () => {
  it('reaches 0:00 only when the time is over', () => {
    expect([61_000, 1, 0, -5].map(formatCountdown)).toEqual(['1:01', '0:01', '0:00', '0:00']);
  });
});

describe('formatAgo', () => {
  it('grows in units and never goes into the future', () => {
    const at = (sec: number) => formatAgo(0, sec * 1_000);
    expect([0.4, 3, 89, 90, 5_400, 200_000].map(at)).toEqual(['now', '3 s ago', '89 s ago', '1 min ago', '1 h ago', '2 d ago']);
    expect(formatAgo(5_000, 0)).toBe('now');
  });
});
