import { faultSpecSchema } from '#contracts';
import type { FaultOrder } from '#contracts';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { LeaseBook } from './lease-book.js';

const ID = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

function order(n: number, more: Partial<FaultOrder> = {}): FaultOrder {
  const edge = { source: 'a', target: `b${n}`, protocol: 'http' } as const;
  return { faultId: ID(n), spec: { kind: 'down', params: {} }, target: { type: 'edge', edge }, leaseTtlMs: 10_000, notAfterMs: 60_000, seed: 1, overlap: 'refuse', ...more };
}

let book: LeaseBook;
beforeEach(() => {
  book = new LeaseBook();
});

function activate(n: number, nowMs = 0, more: Partial<FaultOrder> = {}): void {
  const admission = book.admit(order(n, more), nowMs);
  if (admission.type !== 'new') throw new Error(`not admitted: ${admission.type}`);
  book.activate(admission.held, nowMs);
}

describe('LeaseBook', () => {
  it('admits a fault once and knows it again', () => {
    activate(1);
    expect(book.admit(order(1), 5)).toMatchObject({ type: 'held', held: { state: 'active' } });
  });

  it('refuses a second fault on the same target', () => {
    activate(1);
    expect(book.admit({ ...order(2), target: order(1).target }, 5)).toMatchObject({ type: 'refused', reason: expect.stringContaining(ID(1)) });
  });

  it('lets several meet on a target when the new one asks for it', () => {
    activate(1);
    expect(book.admit({ ...order(2), target: order(1).target, overlap: 'allow' }, 5).type).toBe('new');
    expect(book.admit({ ...order(3), target: order(1).target }, 5).type).toBe('refused');
  });

  it('refuses any fault on a target whose revert failed, also while it is tried again and whoever asks', () => {
    activate(1);
    const held = book.get(ID(1));
    if (held !== undefined) Object.assign(held, { state: 'reverting', failedReverts: 1 });
    for (const overlap of ['refuse', 'allow'] as const) expect(book.admit({ ...order(2), target: order(1).target, overlap }, 5)).toMatchObject({ type: 'refused', reason: expect.stringContaining('revert') });
    if (held !== undefined) book.forget(held);
    expect(book.admit({ ...order(2), target: order(1).target }, 5).type).toBe('new');
  });

  it('refuses any fault on a target that a process before this one left', () => {
    const residue = book.adopt({ undo: { driver: 'edge', faultId: ID(1) }, kind: 'down', target: order(1).target, writtenAt: '2026-01-01T00:00:00.000Z' });
    expect(book.admit({ ...order(2), target: order(1).target, overlap: 'allow' }, 5)).toMatchObject({ type: 'refused', reason: expect.stringContaining(ID(1)) });
    expect([book.due(99_999), book.nextDueMs(), residue.ledgerSinceMs]).toEqual([[], null, Date.UTC(2026, 0, 1)]);
  });

  it('lets faults on different resources of a host meet, and no two on one', () => {
    const onHost = (n: number, kind: string, params: object): FaultOrder => order(n, { spec: faultSpecSchema.parse({ kind, params }), target: { type: 'host', agent: 'local' } });
    expect(book.admit(onHost(1, 'cpu-stress', { workers: 1 }), 0).type).toBe('new');
    expect(book.admit(onHost(2, 'network-partition', { ports: [80] }), 0).type).toBe('new');
    expect(book.admit(onHost(3, 'network-partition', { ports: [81] }), 0)).toMatchObject({ type: 'refused', reason: expect.stringContaining(ID(2)) });
  });

  it('looks at the neighbours of a new fault alone, however many are held', () => {
    for (let n = 1; n <= 5_000; n++) activate(n);
    expect([book.size, book.admit(order(5_001), 5).type]).toEqual([5_000, 'new']);
    expect(book.admit({ ...order(5_002), target: order(77).target }, 5)).toMatchObject({ type: 'refused', reason: expect.stringContaining(ID(77)) });
  });

  it('ends a fault whose lease is not renewed, and not a moment before', () => {
    activate(1);
    expect(book.nextDueMs()).toBe(10_000);
    expect(book.due(9_999)).toEqual([]);
    expect(book.due(10_000)).toEqual([{ faultId: ID(1), reason: 'lease-expired' }]);
  });

  it('counts a renewal from when it was asked for', () => {
    activate(1);
    book.renew({ asked: [ID(1)], sentMs: 2_500, granted: [ID(1)], refused: [] });
    expect(book.due(12_499)).toEqual([]);
    expect(book.due(12_500)).toEqual([{ faultId: ID(1), reason: 'lease-expired' }]);
  });

  it('never shortens a lease by a late answer', () => {
    activate(1, 5_000);
    book.renew({ asked: [ID(1)], sentMs: 1_000, granted: [ID(1)], refused: [] });
    expect(book.nextDueMs()).toBe(15_000);
  });

  it('ends a fault at its longest life, whatever is renewed', () => {
    activate(1, 0, { notAfterMs: 4_000 });
    book.renew({ asked: [ID(1)], sentMs: 3_999, granted: [ID(1)], refused: [] });
    expect(book.due(4_000)).toEqual([{ faultId: ID(1), reason: 'duration-over' }]);
  });

  it('counts the longest life from when the fault acts, not from when it was ordered', () => {
    const admission = book.admit(order(1, { notAfterMs: 4_000 }), 0);
    if (admission.type === 'new') book.activate(admission.held, 1_000);
    expect(book.nextDueMs()).toBe(5_000);
  });

  it('ends what the server refuses and what it does not know', () => {
    activate(1);
    activate(2);
    activate(3);
    const endings = book.renew({ asked: [ID(1), ID(2), ID(3)], sentMs: 0, granted: [ID(1)], refused: [{ faultId: ID(2), reason: 'halted' }] });
    expect(endings).toEqual([
      { faultId: ID(2), reason: 'halted' },
      { faultId: ID(3), reason: 'unknown-to-server' },
    ]);
  });

  it('does not take a fault for unknown that was applied after the question left', () => {
    activate(1);
    expect(book.renew({ asked: [], sentMs: 0, granted: [], refused: [] })).toEqual([]);
  });

  it('says once that a fault must end', () => {
    activate(1);
    const held = book.get(ID(1));
    if (held !== undefined) held.endReason = 'stopped';
    expect(book.due(99_999)).toEqual([]);
    expect(book.nextDueMs()).toBeNull();
  });

  it('lets no fault live beyond its lease or its longest life, whatever is renewed', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20_000 }), { maxLength: 20 }), fc.integer({ min: 1, max: 100_000 }), (gapsMs, notAfterMs) => {
        const fresh = new LeaseBook();
        const admission = fresh.admit(order(1, { notAfterMs }), 0);
        if (admission.type === 'new') fresh.activate(admission.held, 0);
        let lastSentMs = 0;
        let nowMs = 0;
        for (const gapMs of gapsMs) {
          nowMs += gapMs;
          const over = nowMs >= Math.min(lastSentMs + 10_000, notAfterMs);
          expect(fresh.due(nowMs).length > 0).toBe(over);
          if (over) return;
          fresh.renew({ asked: [ID(1)], sentMs: nowMs, granted: [ID(1)], refused: [] });
          lastSentMs = nowMs;
        }
      }),
    );
  });
});
