import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.js';

describe('backoffMs', () => {
  it('doubles from a quarter of a second and stays at five seconds', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 1_000].map(backoffMs)).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000]);
  });

  it('treats a first start like a first failure', () => {
    expect(backoffMs(0)).toBe(250);
  });
});
