import type { DeltaFrame, LiveEdgeState, LiveFrame } from '#contracts';
import { encodeDelta, encodeFrame } from '#traffic';
import { describe, expect, it } from 'vitest';
import { FrameReader } from './frame-reader.js';
import { createWorldStore } from './world-store.js';

const head = (seq: number) => ({ epoch: 5, seq, serverTimeMs: 1_700_000_000_000 + seq * 1_000 });
const state = (ok: number): LiveEdgeState => ({ id: 1, ok, clientError: 0, serverError: 0, noResponse: 0, faulted: 0, bytes: 0, connections: 0, p50Ms: null, p95Ms: null, p99Ms: null, stale: false });
const start: readonly Exclude<LiveFrame, DeltaFrame>[] = [
  { type: 'dictionary', ...head(0), firstIndex: 0, strings: ['eu', 'Frankfurt', 'a', 'b'] },
  {
    type: 'topology', ...head(0),
    regions: [{ name: 0, city: 1, latitudeDeg: 50, longitudeDeg: 8 }],
    nodes: [{ id: 1, name: 2, kind: 'service', region: 0 }, { id: 2, name: 3, kind: 'service', region: 0 }],
    edges: [{ id: 1, source: 1, target: 2, protocol: 'http' }],
  },
  { type: 'keyframe', ...head(0), throughSec: 100, edges: [state(10)] },
];
const delta = (seq: number, baseSeq: number, from: number, to: number) =>
  encodeDelta({ type: 'delta', ...head(seq), baseSeq, throughSec: 100 + seq, edges: [state(to)] }, new Map([[1, state(from)]]));

function setUp(hidden = false) {
  const store = createWorldStore();
  const seen = { resyncs: 0, told: 0, nowMs: 0, hidden };
  store.subscribe(() => (seen.told += 1));
  const reader = new FrameReader({ store, resync: () => (seen.resyncs += 1), nowMs: () => seen.nowMs, isHidden: () => seen.hidden });
  const begin = () => start.forEach((frame) => reader.read(encodeFrame(frame)));
  return { store, seen, reader, begin };
}

describe('FrameReader', () => {
  it('shows a start as one world, complete', () => {
    const { store, seen, begin } = setUp();
    begin();
    expect(seen.told).toBe(1);
    expect(store.get().status).toBe('live');
    expect(store.get().edges.get(1)?.totalRequests).toBe(10);
  });

  it('follows deltas', () => {
    const { store, reader, begin } = setUp();
    begin();
    reader.read(delta(1, 0, 10, 35));
    expect(store.get().edges.get(1)?.now).toMatchObject({ sec: 101, requestsPerSec: 25 });
  });

  it('asks once for a new start after a gap, and follows again after it', () => {
    const { store, seen, reader, begin } = setUp();
    begin();
    reader.read(delta(3, 2, 10, 35));
    reader.read(delta(4, 3, 35, 36));
    expect(seen.resyncs).toBe(1);
    expect(store.get().edges.get(1)?.totalRequests).toBe(10);
    begin();
    reader.read(delta(1, 0, 10, 11));
    reader.read(delta(9, 8, 11, 12));
    expect(seen.resyncs).toBe(2);
  });

  it('answers bytes that make no sense with the same, and keeps the last world', () => {
    const { store, seen, reader, begin } = setUp();
    begin();
    const before = store.get();
    reader.read(new Uint8Array([255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255]));
    expect(seen.resyncs).toBe(1);
    expect(store.get()).toBe(before);
  });

  it('is stale after three ticks without one, and live with the next', () => {
    const { store, seen, reader, begin } = setUp();
    begin();
    seen.nowMs = 3_000;
    reader.checkAge();
    expect(store.get().status).toBe('live');
    seen.nowMs = 3_600;
    reader.checkAge();
    expect(store.get().status).toBe('stale');
    reader.read(delta(1, 0, 10, 11));
    expect(store.get().status).toBe('live');
  });

  it('keeps what it showed when the connection goes', () => {
    const { store, reader, begin } = setUp();
    begin();
    reader.setStatus('disconnected');
    expect(store.get()).toMatchObject({ status: 'disconnected' });
    expect(store.get().edges.size).toBe(1);
  });

  it('does not leave signed-out by itself', () => {
    const { store, reader } = setUp();
    reader.setStatus('signed-out');
    reader.setStatus('disconnected');
    expect(store.get().status).toBe('signed-out');
  });

  it('wakes nobody for numbers in a hidden tab, but counts on', () => {
    const { store, seen, reader, begin } = setUp(true);
    begin();
    reader.read(delta(1, 0, 10, 35));
    expect(seen.told).toBe(0);
    seen.hidden = false;
    reader.publish();
    expect(store.get().edges.get(1)?.totalRequests).toBe(35);
    expect(store.get().edges.get(1)?.history).toHaveLength(1);
  });
});
