import { describe, expect, it } from 'vitest';
import { AttemptLimiter } from './attempt-limiter.js';

const LIMITS = { attempts: 2, windowMs: 60_000, maxAddresses: 3 };

describe('the attempt limiter', () => {
  it('allows the agreed number of attempts and says how long to wait after them', () => {
    const limiter = new AttemptLimiter(LIMITS);
    expect([0, 1_000, 20_500].map((nowMs) => limiter.attempt('a', nowMs))).toEqual([0, 0, 40]);
    expect(() => limiter.check('a', 20_500)).toThrow('Try again in 40 s');
  });

  it('begins anew when the window is over', () => {
    const limiter = new AttemptLimiter(LIMITS);
    for (const nowMs of [0, 0, 0]) limiter.attempt('a', nowMs);
    expect(limiter.attempt('a', 59_999)).toBe(1);
    expect(limiter.attempt('a', 60_000)).toBe(0);
  });

  it('counts each address by itself', () => {
    const limiter = new AttemptLimiter(LIMITS);
    for (const nowMs of [0, 0, 0]) limiter.attempt('a', nowMs);
    expect(limiter.attempt('b', 0)).toBe(0);
  });

  it('does not count what succeeded', () => {
    const limiter = new AttemptLimiter(LIMITS);
    for (let i = 0; i < 50; i += 1) {
      expect(limiter.attempt('a', 0)).toBe(0);
      limiter.succeeded('a');
    }
    limiter.succeeded('nobody');
    expect(limiter.attempt('nobody', 0)).toBe(0);
  });

  it('forgets the address seen longest ago when a flood of addresses comes', () => {
    const limiter = new AttemptLimiter(LIMITS);
    for (const address of ['a', 'a', 'b', 'c', 'd']) limiter.attempt(address, 0);
    expect(limiter.attempt('a', 0)).toBe(0);
  });
});
