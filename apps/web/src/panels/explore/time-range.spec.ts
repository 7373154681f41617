import { describe, expect, it } from 'vitest';
import type { TimeRange } from './time-range.js';
import { between, localText, parseLocal, rangeText, shifted, spanOf, widened } from './time-range.js';

const NOW = 1_800_000_000;
const hour: TimeRange = { kind: 'last', sec: 3_600 };

describe('spanOf', () => {
  it('ends now, or where it was told to', () => {
    expect(spanOf(hour, NOW)).toEqual({ fromSec: NOW - 3_600, toSec: NOW });
    expect(spanOf({ kind: 'between', fromSec: 1, toSec: 2 }, NOW)).toEqual({ fromSec: 1, toSec: 2 });
  });
});

describe('shifted', () => {
  it('goes back by half its length', () => expect(shifted(hour, -1, NOW)).toEqual(between(NOW - 5_400, NOW - 1_800)));
  it('does not go beyond now', () => expect(shifted(between(NOW - 1_100, NOW - 100), 1, NOW)).toEqual(between(NOW - 1_000, NOW)));
});

describe('widened', () => {
  it('stays bound to now', () => expect(widened(hour, NOW)).toEqual({ kind: 'last', sec: 7_200 }));
  it('keeps its middle', () => expect(widened(between(1_000, 1_100), NOW)).toEqual(between(950, 1_150)));
  it('reaches further back where there is no future', () => expect(widened(between(NOW - 100, NOW), NOW)).toEqual(between(NOW - 200, NOW)));
});

describe('between', () => {
  it('orders its ends and is never empty', () => {
    expect(between(20.9, 10.2)).toEqual({ kind: 'between', fromSec: 10, toSec: 20 });
    expect(between(10.2, 10.3)).toEqual({ kind: 'between', fromSec: 10, toSec: 11 });
  });
});

describe('rangeText', () => {
  it.each([
    [3_600, 'Last hour'],
    [900, 'Last 15 minutes'],
    [5_400, 'Last 90 minutes'],
    [86_400, 'Last day'],
    [7 * 86_400, 'Last 7 days'],
    [45, 'Last 45s'],
  ])('names the last %d s', (sec, text) => expect(rangeText({ kind: 'last', sec })).toBe(text));

  it('writes a date only once', () => {
    const noon = new Date(2026, 10, 23, 12).getTime() / 1_000;
    expect(rangeText(between(noon, noon + 60))).toBe('2026-11-23 12:00:00 to 12:01:00');
    expect(rangeText(between(noon, noon + 86_400))).toBe('2026-11-23 12:00:00 to 2026-11-24 12:00:00');
  });
});

describe('parseLocal', () => {
  it('reads what localText writes', () => expect(parseLocal(localText(NOW), 0)).toBe(NOW));
  it('reads a day, a minute and now', () => {
    expect(parseLocal('2026-11-23', 0)).toBe(new Date(2026, 10, 23).getTime() / 1_000);
    expect(parseLocal('2026-11-23 9:05', 0)).toBe(new Date(2026, 10, 23, 9, 5).getTime() / 1_000);
    expect(parseLocal(' now ', NOW + 0.7)).toBe(NOW);
  });
  it.each(['', 'yesterday', '2026-02-31', '2026-11-23 24:00', '2026-11-23 10:61', '23.11.2026'])('refuses %j', (text) => expect(parseLocal(text, NOW)).toBeNull());
});
