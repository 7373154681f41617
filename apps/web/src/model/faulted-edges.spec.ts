import { describe, expect, it } from 'vitest';
import type { FaultView, UnleasedFaultView } from '#contracts';
import { faultedEdges } from './faulted-edges.js';
import { smallWorld } from './small-world.js';

const EDGE = { source: 'web', target: 'shop', protocol: 'http' } as const;
const fault = (id: string, target: FaultView['target']): FaultView => ({
  id, spec: { kind: 'down', params: {} }, target, durationMs: 1_000, state: 'active', agent: 'local', createdBy: 'x', createdAt: '', groupId: null,
  appliedAt: null, endsAt: null, revertedAt: null, endReason: null, problem: null, proof: null,
});
const toxic: UnleasedFaultView = { agent: 'local', proxy: 'p', edge: EDGE, toxic: null, sinceMs: 0 };

describe('faultedEdges', () => {
  const world = smallWorld(['web>shop', 'shop>cart'], {});

  it('keeps all that meet on one edge, with and without a lease', () => {
    const [a, b] = [fault('a', { type: 'edge', edge: EDGE }), fault('b', { type: 'edge', edge: EDGE })];
    const faulted = faultedEdges({ ...world, faults: [a, b], unleased: [toxic] });
    expect([...faulted]).toEqual([[1, { leased: [a, b], unleased: [toxic] }]]);
  });

  it('marks no edge for a fault on a host or a process, or on an edge that is not there', () => {
    const elsewhere = { ...EDGE, target: 'gone' };
    const faults = [fault('a', { type: 'host', agent: 'local' }), fault('b', { type: 'process', agent: 'local', process: { by: 'pid', pid: 7 } }), fault('c', { type: 'edge', edge: elsewhere })];
    expect(faultedEdges({ ...world, faults, unleased: [{ ...toxic, edge: elsewhere }] }).size).toBe(0);
  });
});
