import { describe, expect, it } from 'vitest';
import { KvStore } from './kv-store.js';

const ONE = Uint8Array.of(1);
const TWO = Uint8Array.of(2);

function storeAt(start: { nowMs: number }, maxEntries = 10): KvStore {
  return new KvStore(() => start.nowMs, maxEntries);
}

describe('KvStore', () => {
  it('keeps a value until its time is over', () => {
    const clock = { nowMs: 0 };
    const store = storeAt(clock);
    store.set('a', ONE, 10);
    clock.nowMs = 9_999;
    expect([store.get('a'), store.ttlSec('a')]).toEqual([ONE, 1]);
    clock.nowMs = 10_000;
    expect([store.get('a'), store.ttlSec('a')]).toEqual([null, null]);
  });

  it('a rewrite replaces value and time', () => {
    const clock = { nowMs: 0 };
    const store = storeAt(clock);
    store.set('a', ONE, 10);
    clock.nowMs = 5_000;
    store.set('a', TWO, 10);
    clock.nowMs = 12_000;
    expect([store.get('a'), store.size]).toEqual([TWO, 1]);
  });

  it('drops the oldest when it is full', () => {
    const store = storeAt({ nowMs: 0 }, 2);
    store.set('a', ONE, 10);
    store.set('b', ONE, 10);
    store.set('a', TWO, 10);
    store.set('c', ONE, 10);
    expect([store.get('a'), store.get('b'), store.get('c')]).toEqual([TWO, null, ONE]);
  });

  it('says whether it deleted something', () => {
    const clock = { nowMs: 0 };
    const store = storeAt(clock);
    store.set('a', ONE, 1);
    store.set('b', ONE, 1);
    expect([store.delete('a'), store.delete('a')]).toEqual([true, false]);
    clock.nowMs = 1_000;
    expect(store.delete('b')).toBe(false);
  });

  it('a sweep frees what is over', () => {
    const clock = { nowMs: 0 };
    const store = storeAt(clock);
    store.set('short', ONE, 1);
    store.set('long', ONE, 100);
    clock.nowMs = 2_000;
    store.sweep();
    expect(store.size).toBe(1);
  });
});
