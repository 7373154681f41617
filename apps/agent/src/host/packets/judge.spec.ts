import { FAULT_PARAMS } from '#contracts';
import { describe, expect, it } from 'vitest';
import { judgeDrops } from './judge-drops.js';
import { judgeLeaf } from './judge-leaf.js';
import type { TcSpec } from './tc-plan.js';

describe('judgeDrops', () => {
  const cut = { share: 1, probes: 3, answered: 0, dropped: 3, answeredBefore: true };
  it('believes the counter', () => expect(judgeDrops(cut)).toMatchObject({ verdict: 'bites', got: '3 packets dropped, 0 of 3 connections answered, before the fault it answered' }));
  it('says so when everything got through', () => expect(judgeDrops({ ...cut, answered: 3, dropped: 0 })).toMatchObject({ verdict: 'does-not-bite' }));
  it('does not judge by silence alone', () => expect(judgeDrops({ ...cut, dropped: 0, answeredBefore: false })).toMatchObject({ verdict: 'unproven' }));
  it('does not call chance a failure', () => {
    expect(judgeDrops({ ...cut, share: 0.01, probes: 20, answered: 20, dropped: 0 })).toMatchObject({ verdict: 'unproven' });
    expect(judgeDrops({ ...cut, share: 0.5, probes: 20, answered: 20, dropped: 0 })).toMatchObject({ verdict: 'does-not-bite' });
  });
  it('watches traffic where it can dial nothing', () => {
    expect(judgeDrops({ ...cut, probes: 0, dropped: 0 })).toMatchObject({ verdict: 'unproven', how: expect.stringContaining('no packet') });
    expect(judgeDrops({ ...cut, probes: 0, dropped: 5 })).toMatchObject({ verdict: 'bites' });
  });
});

describe('judgeLeaf', () => {
  const spec = (kind: TcSpec['kind'], params: object): TcSpec => ({ kind, params: FAULT_PARAMS[kind].parse({ device: 'eth0', peers: ['10.0.0.5'], ...params }) }) as TcSpec;
  const rate = spec('network-rate', { kilobitsPerSec: 8 });
  const delay = spec('network-delay', { delayMs: 100, jitterMs: 10 });
  const seen = { leaf: { packets: 5, drops: 0, overlimits: 0 }, probed: true, beforeMs: 1, afterMs: 101 };

  it('sees that the fault is not there', () => expect(judgeLeaf(rate, { ...seen, leaf: null })).toMatchObject({ verdict: 'does-not-bite' }));
  it('sees that packets take another device', () => expect(judgeLeaf(rate, { ...seen, leaf: { packets: 0, drops: 0, overlimits: 0 } })).toMatchObject({ verdict: 'does-not-bite' }));
  it('proves nothing without a packet', () => expect(judgeLeaf(rate, { ...seen, probed: false, leaf: { packets: 0, drops: 0, overlimits: 0 } })).toMatchObject({ verdict: 'unproven' }));
  it('holds a rate against what had to wait', () => {
    expect(judgeLeaf(rate, { ...seen, leaf: { packets: 5, drops: 0, overlimits: 2 } })).toMatchObject({ verdict: 'bites' });
    expect(judgeLeaf(rate, seen)).toMatchObject({ verdict: 'unproven' });
  });
  it('holds a loss against what was dropped', () => {
    const loss = spec('network-loss', { lossPercent: 10 });
    expect(judgeLeaf(loss, { ...seen, leaf: { packets: 5, drops: 1, overlimits: 0 } })).toMatchObject({ verdict: 'bites' });
    expect(judgeLeaf(loss, seen)).toMatchObject({ verdict: 'unproven' });
  });
  it('holds a delay against what was measured', () => {
    expect(judgeLeaf(delay, seen)).toMatchObject({ verdict: 'bites', asked: '+100 ms on each packet (10 ms either way)', got: '+100.0 ms until the answer (1.0 ms before)' });
    expect(judgeLeaf(delay, { ...seen, afterMs: 30 })).toMatchObject({ verdict: 'does-not-bite' });
    expect(judgeLeaf(delay, { ...seen, afterMs: null })).toMatchObject({ verdict: 'unproven' });
  });
  it.each([spec('network-duplicate', { duplicatePercent: 1 }), spec('network-corrupt', { corruptPercent: 1 }), spec('network-reorder', { reorderPercent: 1 })])('does not claim what only the other side sees: $kind', (asked) => {
    expect(judgeLeaf(asked, seen)).toMatchObject({ verdict: 'unproven' });
  });
});
