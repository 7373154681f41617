import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.js';

describe('backoffMs', () => {
  it('doubles its range up to five seconds', () => {
    expect([0, 1, 2, 3, 4, 5, 50].map((failures) => backoffMs(failures, () => 1))).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
  });
  it('spreads attempts over the whole range', () => {
    expect(backoffMs(50, () => 0)).toBe(0);
    expect(backoffMs(50, () => 0.5)).toBe(2_500);
  });
});
