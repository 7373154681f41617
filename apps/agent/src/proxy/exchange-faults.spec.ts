import { describe, expect, it } from 'vitest';
import type { ExchangeVerdict } from '#faults';
import { ExchangeFaults } from './exchange-faults.js';
import type { LinkRule } from './relay.js';

const rule = (faultId: string, verdict: ExchangeVerdict): LinkRule => ({ faultId, announce: false, rule: { onExchange: () => verdict } });

describe('ExchangeFaults', () => {
  it('adds delays up, and takes the part of a fault that ended away', () => {
    const faults = new ExchangeFaults(1_000, [rule('a', { type: 'delay', delayMs: 30 }), rule('b', { type: 'pass' }), rule('c', { type: 'delay', delayMs: 50 })]);
    expect([faults.act, faults.hang, faults.dueMs]).toEqual([true, false, 1_080]);
    expect([faults.lifted('b'), faults.lifted('c'), faults.dueMs]).toEqual([false, true, 1_030]);
  });

  it('hangs when any says so, and closes with the first', () => {
    const faults = new ExchangeFaults(1_000, [rule('a', { type: 'delay', delayMs: 30 }), rule('b', { type: 'hang', closeAfterMs: null }), rule('c', { type: 'hang', closeAfterMs: 70 })]);
    expect([faults.hang, faults.closesAtMs, faults.hungBy('b'), faults.hungBy('a')]).toEqual([true, 1_070, true, false]);
    expect(new ExchangeFaults(0, [rule('b', { type: 'hang', closeAfterMs: null })]).closesAtMs).toBe(Infinity);
  });

  it('does nothing when all let pass', () => {
    expect(new ExchangeFaults(0, [rule('a', { type: 'pass' }), { faultId: 'b', announce: false, rule: {} }]).act).toBe(false);
  });
});
