import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationText, parseDuration } from './prom-duration.js';

describe('parseDuration', () => {
  it.each([
    ['15s', 15],
    ['1h30m', 5_400],
    ['500ms', 0.5],
    ['1w', 604_800],
    [' 2.5 ', 2.5],
  ])('reads %s as %d s', (text, sec) => expect(parseDuration(text)).toBe(sec));

  it.each(['', '0', '0s', 'abc', '1m1h', '-5s', '1 h', '1e3', '5x'])('refuses %j', (text) => expect(parseDuration(text)).toBeNull());
});

describe('durationText', () => {
  it('is read back as what it was (500 runs)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 * 86_400_000 }), (ms) => {
        expect(parseDuration(durationText(ms / 1_000))).toBeCloseTo(ms / 1_000, 6);
      }),
      { numRuns: 500 },
    );
  });
  it('leaves out what is none', () => expect([5_400, 604_800, 60, 0.25].map(durationText)).toEqual(['1h30m', '7d', '1m', '250ms']));
});
