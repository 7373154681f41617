import { describe, expect, it } from 'vitest';
import { phaseWindows } from './phase-windows.js';

const at = (sec: number): number => sec * 1_000 + 400;

describe('phaseWindows', () => {
  it('A10 leaves out the second of each change and the one next to it', () => {
    expect(phaseWindows({ appliedAtMs: at(1_000), revertedAtMs: at(1_100), nowSec: 5_000 })).toEqual({
      before: { fromSec: 901, toSec: 999, complete: true },
      during: { fromSec: 1_001, toSec: 1_099, complete: true },
      after: { fromSec: 1_101, toSec: 1_199, complete: true },
    });
  });

  it('A10 looks at least a minute and at most ten to either side', () => {
    const short = phaseWindows({ appliedAtMs: at(1_000), revertedAtMs: at(1_010), nowSec: 5_000 });
    expect(short.before).toMatchObject({ fromSec: 939, toSec: 999 });
    expect(short.after).toMatchObject({ fromSec: 1_011, toSec: 1_071 });
    const long = phaseWindows({ appliedAtMs: at(10_000), revertedAtMs: at(13_600), nowSec: 90_000 });
    expect(long.before).toMatchObject({ fromSec: 9_399, toSec: 9_999 });
    expect(long.after).toMatchObject({ fromSec: 13_601, toSec: 14_201 });
  });

  it('A10 has no window during a fault that was over within its first seconds', () => {
    const windows = phaseWindows({ appliedAtMs: at(1_000), revertedAtMs: at(1_001), nowSec: 5_000 });
    expect(windows.during).toBeNull();
    expect(windows.before).toMatchObject({ fromSec: 939, complete: true });
    expect(windows.after).toMatchObject({ fromSec: 1_002, complete: true });
  });

  it('A11 has nothing before the fault is applied', () => {
    expect(phaseWindows({ appliedAtMs: null, revertedAtMs: null, nowSec: 5_000 })).toEqual({ before: null, during: null, after: null });
  });

  it('A11 calls no window complete while the fault runs, and lets before grow with it', () => {
    expect(phaseWindows({ appliedAtMs: at(1_000), revertedAtMs: null, nowSec: 1_203 })).toEqual({
      before: { fromSec: 799, toSec: 999, complete: false },
      during: { fromSec: 1_001, toSec: 1_201, complete: false },
      after: null,
    });
  });

  it('A11 waits until the last second has settled', () => {
    const windows = (nowSec: number): ReturnType<typeof phaseWindows> => phaseWindows({ appliedAtMs: at(1_000), revertedAtMs: at(1_100), nowSec });
    expect(windows(1_100)).toMatchObject({ before: { complete: false }, during: { toSec: 1_098, complete: false }, after: null });
    expect(windows(1_101)).toMatchObject({ before: { complete: true }, during: { toSec: 1_099, complete: true }, after: null });
    expect(windows(1_150)).toMatchObject({ after: { fromSec: 1_101, toSec: 1_148, complete: false } });
    expect(windows(1_200).after?.complete).toBe(false);
    expect(windows(1_201).after).toEqual({ fromSec: 1_101, toSec: 1_199, complete: true });
  });
});
