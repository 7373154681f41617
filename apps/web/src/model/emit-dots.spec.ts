import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emitDots, freshDebt } from './emit-dots.js';
import type { Dot } from './emit-dots.js';
import { quietRate } from './empty-world.js';
import type { EdgeRate } from './world.js';

const rateOf = (requestsPerSec: number, failuresPerSec = 0, clientErrorsPerSec = 0): EdgeRate => ({ ...quietRate(0), requestsPerSec, failuresPerSec, clientErrorsPerSec });

/** All dots of seconds that follow each other. */
function play(rates: readonly EdgeRate[], requestsPerDot: number, phase = 0): readonly Dot[] {
  let debt = freshDebt(phase, requestsPerDot);
  return rates.flatMap((rate, sec) => {
    const emitted = emitDots({ rate, spanSec: 1, requestsPerDot, debt });
    debt = emitted.debt;
    return emitted.dots.map((dot) => ({ ...dot, atSec: dot.atSec + sec }));
  });
}

const secondArb = fc.record({ ok: fc.nat(80), clientError: fc.nat(20), failure: fc.nat(40) });
const scaleArb = fc.constantFrom(1, 2, 5, 10, 20);

describe('emitDots', () => {
  it('counts: dots times their worth are the requests, give or take one dot, over any time', () => {
    fc.assert(
      fc.property(fc.array(secondArb, { minLength: 1, maxLength: 40 }), scaleArb, fc.double({ min: 0, max: 0.99, noNaN: true }), (seconds, requestsPerDot, phase) => {
        const rates = seconds.map(({ ok, clientError, failure }) => rateOf(ok + clientError + failure, failure, clientError));
        const requests = rates.reduce((sum, rate) => sum + rate.requestsPerSec, 0);
        return Math.abs(play(rates, requestsPerDot, phase).length * requestsPerDot - requests) <= requestsPerDot + 1e-6;
      }),
    );
  });

  it('keeps the share of each outcome, give or take two dots', () => {
    fc.assert(
      fc.property(fc.array(secondArb, { minLength: 1, maxLength: 40 }), scaleArb, (seconds, requestsPerDot) => {
        const rates = seconds.map(({ ok, clientError, failure }) => rateOf(ok + clientError + failure, failure, clientError));
        const dots = play(rates, requestsPerDot);
        const made = (key: 'clientError' | 'failure') => seconds.reduce((sum, second) => sum + second[key], 0);
        const drawn = (key: 'clientError' | 'failure') => dots.filter(({ outcome }) => outcome === key).length * requestsPerDot;
        return (['clientError', 'failure'] as const).every((key) => Math.abs(made(key) - drawn(key)) <= 2 * requestsPerDot + 1e-6);
      }),
    );
  });

  it('is within 5 % of the rate over a minute, also where the rate is no multiple of the scale', () => {
    const dots = play(Array.from({ length: 60 }, () => rateOf(7.3)), 5);
    expect((dots.length * 5) / 60).toBeGreaterThan(7.3 * 0.95);
    expect((dots.length * 5) / 60).toBeLessThan(7.3 * 1.05);
  });

  it('spaces dots evenly across the seconds of a steady rate', () => {
    const times = play(Array.from({ length: 10 }, () => rateOf(3)), 2).map(({ atSec }) => atSec);
    const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
    for (const gap of gaps) expect(gap).toBeCloseTo(2 / 3);
  });

  it('lets a rare edge send a dot only when enough requests have been made', () => {
    expect(play(Array.from({ length: 10 }, () => rateOf(0.5)), 1)).toHaveLength(5);
  });

  it('sends nothing without requests', () => {
    expect(play([rateOf(0), rateOf(0)], 1, 0.99)).toEqual([]);
  });

  it('mixes failures in as often as they happen', () => {
    const outcomes = play([rateOf(100, 25)], 1).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'failure')).toHaveLength(25);
    expect(outcomes.slice(0, 12)).toContain('failure');
  });
});
