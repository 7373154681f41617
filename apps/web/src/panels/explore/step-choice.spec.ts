import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_POINTS, chooseStep, pointCount } from './step-choice.js';

describe('chooseStep', () => {
  it.each([
    [300, 1],
    [3_600, 15],
    [86_400, 300],
    [30 * 86_400, 10_800],
  ])('takes for %d s by itself %d s', (rangeSec, sec) => expect(chooseStep(rangeSec, null)).toEqual({ sec, raised: false }));

  it('takes the step that was asked for', () => expect(chooseStep(3_600, 7)).toEqual({ sec: 7, raised: false }));
  it('raises a step that the server would refuse, and says so', () => expect(chooseStep(86_400, 1)).toEqual({ sec: 10, raised: true }));
  it('allows exactly as many points as the server does', () => expect(chooseStep(MAX_POINTS - 1, 1)).toEqual({ sec: 1, raised: false }));

  it('never asks for too many points (1000 runs)', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e10, noNaN: true }), fc.option(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { nil: null }), (rangeSec, askedSec) => {
        expect(pointCount(rangeSec, chooseStep(rangeSec, askedSec).sec)).toBeLessThanOrEqual(MAX_POINTS);
      }),
      { numRuns: 1_000 },
    );
  });
});
