import { describe, expect, it } from 'vitest';
import type { FaultView } from '#contracts';
import { EMPTY_WORLD, quietRate } from '../../model/empty-world.js';
import type { World, WorldEdge } from '../../model/world.js';
import { QUIET_EVERY_MS, SILENT, nextAnnouncement } from './next-announcement.js';
import { worldNews } from './world-news.js';

const quiet = (text: string) => ({ text, loud: false });

describe('nextAnnouncement', () => {
  it('says one quiet thing in five seconds, and then only the newest', () => {
    const first = nextAnnouncement(SILENT, [quiet('a')], 0);
    const second = nextAnnouncement(first.speaker, [quiet('b'), quiet('c')], 1_000);
    const third = nextAnnouncement(second.speaker, [], QUIET_EVERY_MS);
    expect([first.quiet, second.quiet, third.quiet]).toEqual(['a', null, 'c']);
    expect(nextAnnouncement(third.speaker, [], 60_000).quiet).toBeNull();
  });

  it('never makes a loud one wait', () => {
    const { speaker } = nextAnnouncement(SILENT, [quiet('a')], 0);
    expect(nextAnnouncement(speaker, [{ text: 'fault', loud: true }], 1).loud).toBe('fault');
  });
});

const EDGE_KEY = { source: 'a', target: 'b', protocol: 'http' } as const;
const FAULT: FaultView = {
  id: 'f',
  spec: { kind: 'latency', params: { latencyMs: 400, jitterMs: 0, share: 1, on: 'request', announce: false } },
  target: { type: 'edge', edge: EDGE_KEY },
  durationMs: 1_000,
  state: 'active',
  agent: 'local',
  createdBy: 'Ada',
  createdAt: '2026-01-01T00:00:00Z',
  appliedAt: null,
  endsAt: null,
  revertedAt: null,
  endReason: null,
  problem: null,
  groupId: null,
  proof: null,
};
const LIVE: World = { ...EMPTY_WORLD, status: 'live', epoch: 1 };
const edge = (failuresPerSec: number): WorldEdge => ({ id: 1, source: 1, target: 2, key: EDGE_KEY, stale: false, totalRequests: 0, now: { ...quietRate(1), requestsPerSec: 10, failuresPerSec }, history: [] });
const withEdge = (failuresPerSec: number): World => ({ ...LIVE, edges: new Map([[1, edge(failuresPerSec)]]) });

describe('worldNews', () => {
  it('is loud when a fault begins to act and when it ends', () => {
    const acting = { ...LIVE, faults: [FAULT] };
    const ended: World = { ...LIVE, endedFaults: [{ ...FAULT, state: 'reverted', endReason: 'stopped' }] };
    expect(worldNews(LIVE, acting)).toEqual([{ text: 'Fault started: Latency on a -> b (http).', loud: true }]);
    expect(worldNews(acting, ended)).toEqual([{ text: 'Fault ended: Latency on a -> b (http), stopped by hand.', loud: true }]);
  });

  it('names a host or a process as what it is', () => {
    const host: World = { ...LIVE, faults: [{ ...FAULT, target: { type: 'process', agent: 'local', process: { by: 'port', port: 5432 } } }] };
    expect(worldNews(LIVE, host)[0]?.text).toBe('Fault started: Latency on port 5432 on local.');
  });

  it('says that a toxic has no lease, and when it is gone', () => {
    const held: World = { ...LIVE, unleased: [{ agent: 'local', proxy: 'p', edge: EDGE_KEY, sinceMs: 0, toxic: { name: 'slow', type: 'latency', stream: 'downstream', toxicity: 1, attributes: {} } }] };
    expect(worldNews(LIVE, held)).toEqual([{ text: 'The toxic slow on a -> b (http) holds without a lease until it is removed.', loud: true }]);
    expect(worldNews(held, LIVE)).toEqual([{ text: 'The toxic slow on a -> b (http) was removed.', loud: true }]);
  });

  it('tells that an edge got worse, once, and not that it got better', () => {
    expect(worldNews(withEdge(0), withEdge(5))).toEqual([{ text: 'a -> b (http) is failing.', loud: false }]);
    expect(worldNews(withEdge(5), withEdge(5))).toEqual([]);
    expect(worldNews(withEdge(5), withEdge(0))).toEqual([]);
  });

  it('tells a halt and a resume', () => {
    const halted: World = { ...LIVE, halt: { id: 'h', by: 'Ada', since: '', reason: '' } };
    expect(worldNews(LIVE, halted)[0]?.text).toBe('Everything was halted by Ada.');
    expect(worldNews(halted, LIVE)[0]?.loud).toBe(true);
  });

  it('says nothing about the first world of a new stream', () => {
    expect(worldNews(EMPTY_WORLD, withEdge(5))).toEqual([]);
  });
});
