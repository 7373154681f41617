import { describe, expect, it } from 'vitest';
import { clearOfWholeSeconds, evaluationTimes } from './evaluation-times.js';

describe('the moments of evaluation', () => {
  it('lie in the widest gap between samples, within the span', () => {
    expect(evaluationTimes([10_100, 11_100, 11_300, 12_300], 11_000, 20_000, 3_000)).toEqual({ startMs: 11_700, endMs: 17_700, stepMs: 3_000, clearMs: 400 });
  });

  it('find the gap that reaches into the next second', () => {
    expect(evaluationTimes([10_400, 10_600], 10_000, 11_000, 1_000)).toEqual({ startMs: 10_000, endMs: 11_000, stepMs: 1_000, clearMs: 400 });
  });
});

describe('a window that ends at a whole second', () => {
  it.each([
    [[10_100, 11_300], 12_700],
    [[10_400, 11_600], 12_000],
  ])('begins in the widest gap too', (sampleTimesMs, expectedMs) => {
    const longerMs = clearOfWholeSeconds(evaluationTimes(sampleTimesMs, 11_000, 20_000, 1_000));
    expect([longerMs >= 1, longerMs <= 1_000, (20_000 - longerMs) % 1_000]).toEqual([true, true, expectedMs % 1_000]);
  });
});
