import type { FaultView, LiveEdgeState, LiveFrame } from '#contracts';
import { describe, expect, it } from 'vitest';
import { HISTORY_SEC } from './edge-rate.js';
import { EMPTY_FOLD, foldFrame } from './fold-frame.js';
import type { Fold } from './fold-frame.js';

const head = (seq: number, epoch = 1) => ({ epoch, seq, serverTimeMs: 1_000 * seq });
const state = (id: number, ok: number, more: Partial<LiveEdgeState> = {}): LiveEdgeState => ({
  id, ok, clientError: 0, serverError: 0, noResponse: 0, faulted: 0, bytes: 0, connections: 1, p50Ms: 10, p95Ms: 20, p99Ms: 30, stale: false, ...more,
});
const STRINGS = ['eu', 'Frankfurt', 'gateway', 'catalog', 'cart'];
const nodes = [
  { id: 1, name: 2, kind: 'service', region: 0 },
  { id: 2, name: 3, kind: 'service', region: 0 },
] as const;
const topology = (seq = 0, epoch = 1, more: readonly { id: number; name: number; kind: 'service'; region: number }[] = []): LiveFrame => ({
  type: 'topology', ...head(seq, epoch),
  regions: [{ name: 0, city: 1, latitudeDeg: 50, longitudeDeg: 8 }],
  nodes: [...nodes, ...more],
  edges: [{ id: 10, source: 1, target: 2, protocol: 'http' }],
});
const start = (epoch = 1): readonly LiveFrame[] => [
  { type: 'dictionary', ...head(0, epoch), firstIndex: 0, strings: STRINGS },
  topology(0, epoch),
  { type: 'keyframe', ...head(0, epoch), throughSec: 100, edges: [state(10, 1_000)] },
];
const delta = (seq: number, throughSec: number, edges: readonly LiveEdgeState[]): LiveFrame => ({ type: 'delta', ...head(seq), baseSeq: seq - 1, throughSec, edges });
const play = (frames: readonly LiveFrame[], from: Fold = EMPTY_FOLD) => frames.reduce(foldFrame, from);
const edgeOf = (fold: Fold) => {
  const edge = fold.world.edges.get(10);
  if (edge === undefined) throw new Error('Edge 10 is gone.');
  return edge;
};
const fault = (id: string, faultState: FaultView['state']): FaultView => ({
  id, spec: { kind: 'down', params: {} }, target: { type: 'edge', edge: { source: 'gateway', target: 'catalog', protocol: 'http' } }, durationMs: 1_000, state: faultState,
  agent: 'local', createdBy: 'x', createdAt: '', appliedAt: null, endsAt: null, revertedAt: null, endReason: null, problem: null, groupId: null, proof: null,
});
const event = (seq: number, said: Extract<LiveFrame, { type: 'event' }>['event']): LiveFrame => ({ type: 'event', ...head(seq), event: said });

describe('a start', () => {
  const { world } = play(start());

  it('names nodes, regions and edges from the dictionary', () => {
    expect(world.status).toBe('live');
    expect(world.nodes.get(1)).toMatchObject({ name: 'gateway', kind: 'service' });
    expect(world.regions[0]).toMatchObject({ name: 'eu', city: 'Frankfurt' });
    expect(world.edges.get(10)?.key).toEqual({ source: 'gateway', target: 'catalog', protocol: 'http' });
  });

  it('has a count but no rate yet', () => {
    expect(world.edges.get(10)).toMatchObject({ totalRequests: 1_000, history: [] });
    expect(world.edges.get(10)?.now.requestsPerSec).toBe(0);
  });
});

describe('rates', () => {
  it('are the increments of a second', () => {
    const fold = play([...start(), delta(1, 101, [state(10, 1_040, { serverError: 3, noResponse: 2, clientError: 5, bytes: 900 })])]);
    expect(edgeOf(fold).now).toMatchObject({ sec: 101, requestsPerSec: 50, failuresPerSec: 5, clientErrorsPerSec: 5, bytesPerSec: 900, p50Ms: 10 });
  });

  it('spread over the seconds of a skipped tick', () => {
    const fold = play([...start(), delta(3, 103, [state(10, 1_090)])]);
    expect(edgeOf(fold).now.requestsPerSec).toBe(30);
  });

  it('fall to zero, without latencies, for an edge that a delta leaves out', () => {
    const fold = play([...start(), delta(1, 101, [state(10, 1_040)]), delta(2, 102, [])]);
    expect(edgeOf(fold).now).toMatchObject({ sec: 102, requestsPerSec: 0, p50Ms: null, p99Ms: null });
    expect(edgeOf(fold).totalRequests).toBe(1_040);
  });

  it('are kept for five minutes', () => {
    const deltas = Array.from({ length: HISTORY_SEC + 50 }, (_, i) => delta(i + 1, 101 + i, [state(10, 1_000 + 2 * (i + 1))]));
    const { history } = edgeOf(play([...start(), ...deltas]));
    expect(history).toHaveLength(HISTORY_SEC);
    expect(history.at(-1)?.sec).toBe(100 + HISTORY_SEC + 50);
  });

  it('do not mistake an older keyframe for traffic', () => {
    const before = play([...start(), delta(1, 101, [state(10, 1_040)])]);
    const after = play([{ type: 'keyframe', ...head(1), throughSec: 101, edges: [state(10, 1_040)] }], before);
    expect(edgeOf(after).now).toEqual(edgeOf(before).now);
    expect(edgeOf(after).history).toHaveLength(1);
  });
});

describe('a new start', () => {
  const before = play([...start(), delta(1, 101, [state(10, 1_040)])]);

  it('of the same epoch keeps history, nodes and the topology version', () => {
    const after = play([{ type: 'reset', ...head(2), reason: 'behind' }, ...start().slice(0, 2), { type: 'keyframe', ...head(4), throughSec: 104, edges: [state(10, 1_100)] }], before);
    expect(after.world.topologyVersion).toBe(before.world.topologyVersion);
    expect(after.world.nodes).toBe(before.world.nodes);
    expect(edgeOf(after).history.map(({ sec }) => sec)).toEqual([101, 104]);
    expect(edgeOf(after).now.requestsPerSec).toBe(20);
  });

  it('of another epoch counts anew, without a rate from two unrelated counters, and keeps what was seen of an edge of the same name', () => {
    const after = play(start(2), before);
    expect(after.world.epoch).toBe(2);
    expect(edgeOf(after).totalRequests).toBe(1_000);
    expect(edgeOf(after).history.map(({ sec }) => sec)).toEqual([101]);
  });

  it('keeps the last picture on screen until it is complete', () => {
    const during = play([{ type: 'reset', ...head(2), reason: 'server-restarted' }], before);
    expect(during.world).toBe(before.world);
  });

  it('with another node changes the topology version', () => {
    const after = play([topology(2, 1, [{ id: 3, name: 4, kind: 'service', region: 0 }])], before);
    expect(after.world.topologyVersion).toBe(before.world.topologyVersion + 1);
    expect(edgeOf(after).history).toHaveLength(1);
  });
});

describe('events', () => {
  it('move a fault from live to ended, newest first', () => {
    const fold = play([...start(), event(1, { kind: 'fault', fault: fault('a', 'active') }), event(2, { kind: 'fault', fault: fault('b', 'active') }), event(3, { kind: 'fault', fault: fault('a', 'reverted') }), event(4, { kind: 'fault', fault: fault('b', 'reverted') })]);
    expect(fold.world.faults).toEqual([]);
    expect(fold.world.endedFaults.map(({ id }) => id)).toEqual(['b', 'a']);
  });

  it('keep a failed revert among the live: it may still act', () => {
    expect(play([...start(), event(1, { kind: 'fault', fault: fault('a', 'revert-failed') })]).world.faults).toHaveLength(1);
  });

  it('replace all live faults at a start, so that none that is gone stays', () => {
    const fold = play([...start(), event(1, { kind: 'fault', fault: fault('a', 'active') }), event(2, { kind: 'faults', faults: [fault('b', 'active')] })]);
    expect(fold.world.faults.map(({ id }) => id)).toEqual(['b']);
  });

  it('replace all that holds without a lease, so that none that was removed stays', () => {
    const toxic = { agent: 'local', proxy: 'p', edge: { source: 'gateway', target: 'catalog', protocol: 'http' }, toxic: null, sinceMs: 1 } as const;
    const held = play([...start(), event(1, { kind: 'unleased', faults: [toxic] })]);
    expect([held.world.unleased, play([event(2, { kind: 'unleased', faults: [] })], held).world.unleased]).toEqual([[toxic], []]);
    expect(held.world.faults).toEqual([]);
  });

  it('engage and lift a halt', () => {
    const halt = { id: 'h', by: 'x', since: '', reason: '' };
    const halted = play([...start(), event(1, { kind: 'halt', halt })]);
    expect([halted.world.halt, play([event(2, { kind: 'halt', halt: null })], halted).world.halt]).toEqual([halt, null]);
  });
});

it('worlds are frozen', () => {
  const { world } = play([...start(), delta(1, 101, [state(10, 1_040)])]);
  expect([world, world.faults, world.unleased, world.edges.get(10), world.edges.get(10)?.history, world.edges.get(10)?.now].every(Object.isFrozen)).toBe(true);
});
