import { describe, expect, it } from 'vitest';
import type { LiveEdgeState } from '#contracts';
import { FrameDecoder, type NumberedTopology } from '#traffic';
import type { Tick } from '../state/traffic-state.service.js';
import { WorldFrames } from './world-frames.js';

const GRAPH: NumberedTopology = {
  version: 1,
  regions: [{ name: 'eu', city: 'Zurich', latitudeDeg: 47, longitudeDeg: 8 }],
  nodes: [
    { id: 1, name: 'shop', kind: 'service', region: 'eu' },
    { id: 2, name: 'db', kind: 'database', region: 'eu' },
  ],
  edges: [{ id: 1, source: 'shop', target: 'db', protocol: 'tcp' }],
};
const GROWN: NumberedTopology = {
  ...GRAPH,
  nodes: [...GRAPH.nodes, { id: 3, name: 'mail', kind: 'external', region: 'eu' }],
};

function state(ok: number): LiveEdgeState {
  return { id: 1, ok, clientError: 0, serverError: 0, noResponse: 0, faulted: 0, bytes: 0, connections: 0, p50Ms: null, p95Ms: null, p99Ms: null, stale: false };
}
function tick(seq: number, topology: NumberedTopology, ok = seq * 10): Tick {
  const states = new Map([[1, state(ok)]]);
  return { seq, throughSec: 1_700_000_000 + seq, serverTimeMs: 1_700_000_000_150, edges: [...states.values()], base: new Map([[1, state(ok - 10)]]), states, topology, topologyChanged: false };
}

describe('WorldFrames', () => {
  it('gives frames from which a client has the names, the graph and the counters', () => {
    const frames = new WorldFrames(7);
    const decoder = new FrameDecoder();
    const first = tick(1, GRAPH);
    const strings = frames.learn(first);
    expect(strings).not.toBeNull();
    const dictionary = decoder.decode(frames.dictionary(first));
    const topology = decoder.decode(frames.topology(first));
    if (dictionary.type !== 'dictionary' || topology.type !== 'topology') throw new Error('other frames came');
    expect(topology.nodes.map((node) => dictionary.strings[node.name])).toEqual(['shop', 'db']);
    expect(dictionary.strings[topology.regions[0]?.city ?? -1]).toBe('Zurich');
    expect(decoder.decode(frames.keyframe(first))).toMatchObject({ type: 'keyframe', epoch: 7, edges: [{ id: 1, ok: 10 }] });
    expect(decoder.decode(frames.delta(tick(2, GRAPH)))).toMatchObject({ type: 'delta', seq: 2, baseSeq: 1, edges: [{ id: 1, ok: 20 }] });
  });

  it('appends only new strings when the graph grows, and none when it does not', () => {
    const frames = new WorldFrames(7);
    const decoder = new FrameDecoder();
    frames.learn(tick(1, GRAPH));
    decoder.decode(frames.dictionary(tick(1, GRAPH)));
    const appended = frames.learn(tick(2, GROWN));
    expect(appended && decoder.decode(appended)).toMatchObject({ type: 'dictionary', firstIndex: 4, strings: ['mail'] });
    expect(frames.learn(tick(3, GRAPH))).toBeNull();
  });
});
