import { describe, expect, it } from 'vitest';
import { nextRestart } from './backoff.js';

describe('nextRestart', () => {
  it('doubles the wait with each early death up to the longest', () => {
    const waits: number[] = [];
    for (let i = 0, restarts = 0; i < 7; i++) {
      const next = nextRestart({ livedMs: 100, restarts });
      waits.push(next.waitMs);
      restarts = next.restarts;
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 8_000]);
  });

  it('begins anew for a process that had lived well', () => {
    expect(nextRestart({ livedMs: 30_000, restarts: 6 })).toEqual({ waitMs: 250, restarts: 1 });
  });
});
