import { describe, expect, it } from 'vitest';
import { MessageAllowance } from './message-allowance.js';

function takeAll(allowance: MessageAllowance, nowMs: number): number {
  let taken = 0;
  while (allowance.take(nowMs)) taken += 1;
  return taken;
}

describe('MessageAllowance', () => {
  it('allows a burst and then nothing more in the same instant', () => {
    const allowance = new MessageAllowance({ burst: 5, perSec: 2 }, 1_000);
    expect(takeAll(allowance, 1_000)).toBe(5);
  });

  it('refills at the stated rate', () => {
    const allowance = new MessageAllowance({ burst: 5, perSec: 2 }, 0);
    takeAll(allowance, 0);
    expect(takeAll(allowance, 1_500)).toBe(3);
  });

  it('never holds more than a burst', () => {
    const allowance = new MessageAllowance({ burst: 5, perSec: 2 }, 0);
    expect(takeAll(allowance, 3_600_000)).toBe(5);
  });

  it('gives nothing for a clock that goes back', () => {
    const allowance = new MessageAllowance({ burst: 1, perSec: 1 }, 10_000);
    expect(allowance.take(10_000)).toBe(true);
    expect(allowance.take(9_000)).toBe(false);
  });
});
