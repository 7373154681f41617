import { describe, expect, it } from 'vitest';
import { every, windowOf } from './range-window.fixture.js';
import { hasOverlappingStarts, startsAnew, startWithin } from './start-timestamps.js';

/** Two samples, at 10 s and 20 s. */
const windowFrom = (...startsSec: readonly number[]) => windowOf(every(10, [1, 2], 10), { startSec: 5, endSec: 20, startsSec });

describe('startsAnew', () => {
  it.each([
    ['unknown', [3, 0], false],
    ['the same', [3, 3], false],
    ['between the samples', [3, 15], true],
    ['not before its own sample', [3, 20], false],
    ['where the sample before ended, as delta samples have it', [3, 10], true],
    ['at the first sample, as senders have it that do not know', [10, 10], false],
    ['at the sample before, whose own start is unknown', [0, 10], false],
    ['at the sample before, whose own start is not valid', [12, 10], false],
  ] as const)('start %s', (_, startsSec, expected) => {
    expect(startsAnew(windowFrom(...startsSec).run, 1)).toBe(expected);
  });

  it('is not told without start timestamps', () => {
    expect(startsAnew(windowOf(every(10, [2, 1]), { startSec: -1, endSec: 20 }).run, 1)).toBe(false);
  });
});

describe('hasOverlappingStarts', () => {
  it('finds a start ahead of the sample before that is not the start of that one', () => {
    expect(hasOverlappingStarts(windowFrom(3, 4))).toBe(true);
    expect(hasOverlappingStarts(windowFrom(3, 3))).toBe(false);
    expect(hasOverlappingStarts(windowFrom(3, 10))).toBe(false);
    expect(hasOverlappingStarts(windowFrom(3, 0))).toBe(false);
  });
});

describe('startWithin', () => {
  it('is the start of the first sample, where that is within the window', () => {
    expect(startWithin(windowFrom(7, 7))).toBe(7000);
    expect(startWithin(windowFrom(5, 5))).toBe(0);
    expect(startWithin(windowFrom(10, 10))).toBe(0);
    expect(startWithin(windowFrom(0, 15))).toBe(0);
  });
});
