import { describe, expect, it } from 'vitest';
import type { FaultView } from '#contracts';
import { faultsIn, joinedShades } from './fault-spans.js';

const at = (sec: number): string => new Date(sec * 1_000).toISOString();
const fault = (id: string, fromSec: number | null, toSec: number): FaultView => ({
  id,
  spec: { kind: 'latency', params: { delayMs: 100 } } as unknown as FaultView['spec'],
  target: { type: 'edge', edge: { source: 'a', target: 'b', protocol: 'http' } },
  durationMs: 1_000,
  state: 'reverted',
  agent: 'x',
  createdBy: 'y',
  createdAt: at(0),
  groupId: null,
  appliedAt: fromSec === null ? null : at(fromSec),
  endsAt: fromSec === null ? null : at(toSec),
  revertedAt: at(toSec),
  endReason: 'duration-over',
  problem: null,
  proof: null,
});

describe('faultsIn', () => {
  it('finds those that touch the span, the earliest first', () => {
    const faults = [fault('late', 90, 120), fault('before', 1, 9), fault('around', 1, 300), fault('never', null, 50)];
    expect(faultsIn(faults, { fromSec: 10, toSec: 100 }).map(({ id }) => id)).toEqual(['around', 'late']);
  });
});

describe('joinedShades', () => {
  it('joins what overlaps and leaves the rest apart', () => {
    expect(joinedShades([fault('c', 50, 60), fault('a', 10, 30), fault('b', 20, 25)]).map(({ fromSec, toSec }) => [fromSec, toSec])).toEqual([[10, 30], [50, 60]]);
  });
});
