import { describe, expect, it } from 'vitest';
import { quietRate } from './empty-world.js';
import { failureShare, healthOf } from './health.js';

const rateOf = (requestsPerSec: number, failuresPerSec: number) => ({ ...quietRate(0), requestsPerSec, failuresPerSec });

describe('healthOf', () => {
  it.each([
    [0, 0, 'idle'],
    [1_000, 0, 'healthy'],
    [1_000, 9, 'healthy'],
    [1_000, 10, 'degraded'],
    [1_000, 99, 'degraded'],
    [1_000, 100, 'failing'],
    [1, 1, 'failing'],
  ] as const)('calls %d requests with %d failures %s', (requests, failures, health) => expect(healthOf(rateOf(requests, failures))).toBe(health));

  it('does not hold client errors against an edge', () => {
    expect(healthOf({ ...rateOf(10, 0), clientErrorsPerSec: 10 })).toBe('healthy');
  });
});

describe('failureShare', () => {
  it('is 0 without requests', () => expect(failureShare(rateOf(0, 0))).toBe(0));
});
