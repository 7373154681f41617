import { describe, expect, it } from 'vitest';
import { LEASE_TTL_MS } from '#contracts';
import { leasePulse, pulseText } from './lease-pulse.js';

const HEARD = { heardAt: '2026-01-01T00:00:00.000Z' };
const HEARD_MS = Date.parse(HEARD.heardAt);
const at = (afterMs: number, leaseLeftMs: number | null = LEASE_TTL_MS) => leasePulse({ leaseLeftMs }, HEARD, HEARD_MS + afterMs);

describe('leasePulse', () => {
  it('runs down from what the agent said', () => {
    expect(at(0)).toEqual({ leftMs: 10_000, share: 1, state: 'fresh' });
    expect(at(2_500)).toMatchObject({ leftMs: 7_500, share: 0.75, state: 'fresh' });
  });

  it('is late once more than two renewals are missing, and over at nothing', () => {
    expect([at(6_000)?.state, at(6_300)?.state, at(10_000)?.state, at(60_000)]).toEqual(['fresh', 'late', 'over', { leftMs: 0, share: 0, state: 'over' }]);
  });

  it('never shows more than a whole lease, whatever the two clocks say', () => {
    expect([at(-5_000)?.share, at(0, 60_000)?.share]).toEqual([1, 1]);
  });

  it('is nothing without a lease, or before the agent has spoken', () => {
    expect([at(0, null), leasePulse({ leaseLeftMs: 1_000 }, { heardAt: null }, 0)]).toEqual([null, null]);
  });
});

describe('pulseText', () => {
  it.each([
    [0, 'lease 10 s'],
    [2_400, 'lease 8 s'],
    [8_000, 'not renewed, lease 2 s'],
    [11_000, 'lease over: the agent lets go'],
  ])('after %d ms says "%s"', (afterMs, text) => {
    const pulse = at(afterMs);
    expect(pulse === null ? null : pulseText(pulse)).toBe(text);
  });
});
