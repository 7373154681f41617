import { describe, expect, it } from 'vitest';
import { evaluationTimes, fallsOnWholeSeconds } from './evaluation-times.js';

describe('the moments of evaluation', () => {
  it('lie in the widest gap between samples, within the span', () => {
    expect(evaluationTimes([10_100, 11_100, 11_300, 12_300], 11_000, 20_000, 3_000)).toEqual({ startMs: 11_700, endMs: 17_700, stepMs: 3_000, clearMs: 400 });
  });

  it('find the gap that reaches into the next second', () => {
    expect(evaluationTimes([10_400, 10_600], 10_000, 11_000, 1_000)).toEqual({ startMs: 10_000, endMs: 11_000, stepMs: 1_000, clearMs: 400 });
  });
});

describe('samples at whole seconds', () => {
  it('are seen', () => expect([fallsOnWholeSeconds([1_001, 3_000]), fallsOnWholeSeconds([1_001, 3_999])]).toEqual([true, false]));
});
