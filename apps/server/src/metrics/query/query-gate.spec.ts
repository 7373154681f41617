import { describe, expect, it } from 'vitest';
import { QueryGate } from './query-gate.js';

const NEVER = new AbortController().signal;
const LONG_MS = 60_000;

describe('the gate', () => {
  it('admits the longest waiting first', async () => {
    const gate = new QueryGate(2, 10);
    expect(await gate.enter(LONG_MS, NEVER)).toBe('admitted');
    expect(await gate.enter(LONG_MS, NEVER)).toBe('admitted');
    const order: number[] = [];
    const waiting = [1, 2].map((n) => gate.enter(LONG_MS, NEVER).then((how) => void (how === 'admitted' && order.push(n))));
    gate.leave();
    gate.leave();
    await Promise.all(waiting);
    expect(order).toEqual([1, 2]);
  });

  it('turns away whom the time, the client or the crowd ends', async () => {
    const gate = new QueryGate(1, 1);
    await gate.enter(LONG_MS, NEVER);
    expect(await gate.enter(0, NEVER)).toBe('timeout');
    expect(await gate.enter(LONG_MS, AbortSignal.abort())).toBe('canceled');
    const client = new AbortController();
    const waiting = gate.enter(LONG_MS, client.signal);
    expect(await gate.enter(LONG_MS, NEVER)).toBe('full');
    client.abort();
    expect(await waiting).toBe('canceled');
    expect(await gate.enter(1, NEVER)).toBe('timeout');
    // Whoever left the queue does not take the place.
    gate.leave();
    expect(await gate.enter(LONG_MS, NEVER)).toBe('admitted');
  });
});
