import { AppError } from '#contracts';
import type { EdgeKey, EdgeSecond, FlowReport, LiveEdgeState, Topology } from '#contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatencySketch } from '../latency-sketch.js';
import { TrafficFold } from './traffic-fold.js';

const BOOT = '00000000-0000-4000-8000-000000000001';
const NEXT_BOOT = '00000000-0000-4000-8000-000000000002';
const AB: EdgeKey = { source: 'a', target: 'b', protocol: 'http' };
const BC: EdgeKey = { source: 'b', target: 'c', protocol: 'tcp' };

function world(edges: readonly EdgeKey[] = [AB, BC]): Topology {
  return {
    regions: [{ name: 'eu', city: 'Paris', latitudeDeg: 48.9, longitudeDeg: 2.4 }],
    nodes: ['a', 'b', 'c'].map((name) => ({ name, kind: 'service' as const, region: 'eu' })),
    edges: [...edges],
  };
}

function seen(edge: number, { ok = 1, ms = [], connections = 0 }: { ok?: number; ms?: readonly number[]; connections?: number } = {}): EdgeSecond {
  const sketch = new LatencySketch();
  for (const value of ms) sketch.add(value);
  const counts = { outcomes: { ok, clientError: 0, serverError: 0, noResponse: 0 }, faulted: 0, bytesSent: 10, bytesReceived: 100, connectionsOpened: 0 };
  return { edge, ...counts, latency: sketch.toData(), connectionsActive: connections, totals: counts };
}

const report = (seq: number, sec: number, edges: readonly EdgeSecond[]): FlowReport => ({ seq, sec, edges: [...edges], droppedReports: 0 });

function started(): TrafficFold {
  const fold = new TrafficFold();
  fold.declare('one', world());
  fold.setConnected('one', true);
  return fold;
}

function stateOf(fold: TrafficFold, key: EdgeKey): LiveEdgeState {
  const id = fold.edgeIdOf(key);
  const state = id === undefined ? undefined : fold.edgeStates().get(id);
  if (!state) throw new Error(`no state of ${key.source}`);
  return state;
}

describe('TrafficFold', () => {
  it('T20 keeps one edge for two agents and its id over a new declaration', () => {
    const fold = started();
    const id = fold.edgeIdOf(AB);
    fold.declare('two', world([BC, AB]));
    fold.declare('one', world([BC]));
    expect(fold.edgeIdOf(AB)).toBe(id);
    expect(fold.topology().edges.map((edge) => edge.id)).toEqual([1, 2]);
    expect(fold.edgesOf('one')).toEqual([BC]);
    expect(fold.edgesOf('two')).toEqual([BC, AB]);
    expect(fold.edgesOf('three')).toEqual([]);
  });

  it('T20 never gives an id twice, whatever is declared in whatever order', () => {
    const keys = ['a', 'b', 'c'].flatMap((source) => ['a', 'b', 'c'].map((target): EdgeKey => ({ source, target, protocol: 'http' })));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('one', 'two'), fc.subarray(keys))), (declarations) => {
        const fold = new TrafficFold();
        const ids = new Map<string, number>();
        for (const [agent, edges] of declarations) {
          fold.declare(agent, world(edges));
          for (const { id, source, target } of fold.topology().edges) {
            const text = `${source}>${target}`;
            expect(ids.get(text) ?? id).toBe(id);
            ids.set(text, id);
          }
        }
        expect(new Set(ids.values()).size).toBe(ids.size);
      }),
    );
  });

  it('T20 takes the newest kind and region of a node and keeps its id', () => {
    const fold = started();
    const before = fold.topology();
    fold.declare('two', {
      regions: [{ name: 'us', city: 'Dallas', latitudeDeg: 32.8, longitudeDeg: -96.8 }],
      nodes: [{ name: 'c', kind: 'database', region: 'us' }],
      edges: [],
    });
    const node = fold.topology().nodes.find(({ name }) => name === 'c');
    expect(node).toEqual({ id: before.nodes[2]?.id, name: 'c', kind: 'database', region: 'us' });
    expect(fold.topology().version).toBeGreaterThan(before.version);
  });

  it('T20 keeps the version when nothing changed', () => {
    const fold = started();
    const { version } = fold.topology();
    fold.declare('one', world());
    fold.declare('two', world());
    fold.fold('one', BOOT, report(0, 100, [seen(0)]));
    expect(fold.topology().version).toBe(version);
  });

  it('T21 refuses an edge to a node that nobody declared, and changes nothing', () => {
    const fold = started();
    const before = fold.topology();
    const lost = world([{ source: 'a', target: 'ghost', protocol: 'http' }]);
    lost.nodes.push({ name: 'd', kind: 'cache', region: 'nowhere' });
    expect(() => fold.declare('two', lost)).toThrow(AppError);
    expect(() => fold.declare('two', lost)).toThrow(/a -> ghost.*|region nowhere/);
    expect(fold.topology()).toEqual(before);
    expect(fold.edgesOf('two')).toEqual([]);
  });

  it('T22 folds a resent report once', () => {
    const fold = started();
    const first = report(0, 100, [seen(0, { ok: 5 })]);
    expect(fold.fold('one', BOOT, first)).toBe('folded');
    expect(fold.fold('one', BOOT, report(1, 101, [seen(0, { ok: 7 })]))).toBe('folded');
    expect(fold.fold('one', BOOT, first)).toBe('duplicate');
    expect(stateOf(fold, AB)).toMatchObject({ ok: 12, bytes: 220 });
  });

  it('T22 counts every report once under any pattern of resends', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { maxLength: 30 }), (steps) => {
        const fold = started();
        let next = 0;
        for (const back of steps) {
          const from = Math.max(0, next - back);
          for (let seq = from; seq <= next; seq++) fold.fold('one', BOOT, report(seq, 100 + seq, [seen(0, { ok: 2 ** (seq % 40) })]));
          next += 1;
        }
        let exact = 0;
        for (let seq = 0; seq < next; seq++) exact += 2 ** (seq % 40);
        expect(stateOf(fold, AB).ok).toBe(exact);
      }),
    );
  });

  it('T22 counts the sequence of each agent and each boot for itself', () => {
    const fold = started();
    fold.declare('two', world());
    expect(fold.fold('one', BOOT, report(3, 100, [seen(0)]))).toBe('folded');
    expect(fold.fold('two', BOOT, report(3, 100, [seen(0)]))).toBe('folded');
    expect(fold.fold('one', NEXT_BOOT, report(0, 101, [seen(0)]))).toBe('folded');
    expect(fold.fold('one', BOOT, report(3, 100, [seen(0)]))).toBe('duplicate');
    expect(stateOf(fold, AB).ok).toBe(3);
  });

  it('T22 folds what it knows of a report and says how much it does not', () => {
    const fold = started();
    expect(fold.fold('one', BOOT, report(0, 100, [seen(7), seen(0, { ok: 4 }), seen(2)]))).toEqual({ unknownEdges: 2 });
    expect(stateOf(fold, AB).ok).toBe(4);
  });

  it('T22 reads edge indexes by the latest declaration', () => {
    const fold = started();
    fold.declare('one', world([BC, AB]));
    fold.fold('one', BOOT, report(0, 100, [seen(0, { ok: 9 })]));
    expect([stateOf(fold, AB).ok, stateOf(fold, BC).ok]).toEqual([0, 9]);
  });

  it('T23 adds the counts of a held-back report but keeps the newest latencies', () => {
    const fold = started();
    fold.declare('two', world());
    fold.fold('one', BOOT, report(0, 200, [seen(0, { ms: [10] })]));
    fold.fold('two', BOOT, report(0, 150, [seen(0, { ok: 3, ms: [9_000] })]));
    fold.advance(200);
    expect(stateOf(fold, AB).ok).toBe(4);
    expect(stateOf(fold, AB).p99Ms).toBeCloseTo(10, 0);
  });

  it('T23 stops at 2^53 - 1 instead of passing it', () => {
    const fold = started();
    fold.fold('one', BOOT, report(0, 100, [seen(0, { ok: Number.MAX_SAFE_INTEGER })]));
    fold.fold('one', BOOT, report(1, 101, [seen(0, { ok: Number.MAX_SAFE_INTEGER })]));
    expect(stateOf(fold, AB).ok).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('T24 merges the latencies of the second over agents', () => {
    const fold = started();
    fold.declare('two', world());
    fold.fold('one', BOOT, report(0, 100, [seen(0, { ms: [1] })]));
    fold.fold('two', BOOT, report(0, 100, [seen(0, { ms: [500, 500] })]));
    fold.advance(100);
    // Of 1, 500, 500 the middle is 500; either agent alone would leave the other's out.
    expect(stateOf(fold, AB).p50Ms! / 500).toBeCloseTo(1, 1);
    fold.fold('one', NEXT_BOOT, report(0, 100, [seen(0, { ms: [1, 1] })]));
    expect(stateOf(fold, AB).p50Ms).toBeCloseTo(1, 1);
  });

  it('T24 shows only the last second, not the ones before', () => {
    const fold = started();
    fold.fold('one', BOOT, report(0, 100, [seen(0, { ms: [800, 800, 800] })]));
    fold.fold('one', BOOT, report(1, 101, [seen(0, { ms: [2] })]));
    fold.advance(101);
    expect(stateOf(fold, AB).p99Ms).toBeCloseTo(2, 1);
  });

  it('T24 shows no latency for an edge idle in the last second, and keeps its counters', () => {
    const fold = started();
    fold.fold('one', BOOT, report(0, 100, [seen(0, { ms: [5] })]));
    fold.advance(100);
    expect(stateOf(fold, AB).p50Ms).toBeCloseTo(5, 0);
    fold.advance(101);
    expect(stateOf(fold, AB)).toMatchObject({ ok: 1, p50Ms: null, p95Ms: null, p99Ms: null });
    expect(fold.throughSec()).toBe(101);
  });

  it('T24 never goes back in time', () => {
    const fold = started();
    fold.advance(101);
    fold.advance(99);
    expect(fold.throughSec()).toBe(101);
  });

  it('T25 adds up open connections over agents and proxies', () => {
    const fold = started();
    fold.declare('two', world([AB, AB]));
    fold.fold('one', BOOT, report(0, 100, [seen(0, { connections: 4 })]));
    fold.fold('two', BOOT, report(0, 100, [seen(0, { connections: 2 }), seen(1, { connections: 1 })]));
    expect(stateOf(fold, AB).connections).toBe(7);
    fold.fold('one', BOOT, report(1, 101, [seen(0, { connections: 1 })]));
    expect(stateOf(fold, AB).connections).toBe(4);
  });

  it('T25 keeps open connections over a reconnect and drops them at a new boot', () => {
    const fold = started();
    fold.fold('one', BOOT, report(0, 100, [seen(0, { connections: 4 }), seen(1, { connections: 3 })]));
    fold.declare('one', world());
    expect(stateOf(fold, AB).connections).toBe(4);
    fold.fold('one', NEXT_BOOT, report(0, 105, [seen(0, { connections: 2 })]));
    expect([stateOf(fold, AB).connections, stateOf(fold, BC).connections]).toEqual([2, 0]);
  });

  it('T25 drops the connections of a proxy that is no longer declared', () => {
    const fold = started();
    fold.fold('one', BOOT, report(0, 100, [seen(0, { connections: 4 }), seen(1, { connections: 3 })]));
    fold.declare('one', world([BC]));
    expect([stateOf(fold, AB).connections, stateOf(fold, BC).connections]).toEqual([0, 0]);
  });

  it('T26 calls an edge stale when no connected agent carries it', () => {
    const fold = started();
    fold.declare('two', world([AB]));
    expect([stateOf(fold, AB).stale, stateOf(fold, BC).stale]).toEqual([false, false]);
    fold.setConnected('one', false);
    expect([stateOf(fold, AB).stale, stateOf(fold, BC).stale]).toEqual([true, true]);
    fold.setConnected('two', true);
    expect([stateOf(fold, AB).stale, stateOf(fold, BC).stale]).toEqual([false, true]);
    fold.setConnected('one', true);
    fold.declare('one', world([AB]));
    expect(stateOf(fold, BC).stale).toBe(true);
  });
});
