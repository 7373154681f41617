import { describe, expect, it } from 'vitest';
import { AGENT_PROTOCOL, type EdgeSecond } from '#contracts';
import { describedProblem, reportProblem, topologyProblem, type Hello } from './check-message.js';

const HELLO: Hello = {
  type: 'hello',
  protocol: AGENT_PROTOCOL,
  version: '1',
  bootId: 'b4f1a3de-0000-4000-8000-000000000000',
  startedAtMs: 1_700_000_000_000,
  regions: [{ name: 'eu', city: 'Zurich', latitudeDeg: 47, longitudeDeg: 8 }],
  nodes: [
    { name: 'shop', kind: 'service', region: 'eu' },
    { name: 'db', kind: 'database', region: 'eu' },
  ],
  edges: [{ source: 'shop', target: 'db', protocol: 'tcp' }],
  faults: [],
  capabilities: [],
};

function second(edge: number): EdgeSecond {
  const counts = { outcomes: { ok: 1, clientError: 0, serverError: 0, noResponse: 0 }, faulted: 0, bytesSent: 0, bytesReceived: 0, connectionsOpened: 0 };
  return { edge, ...counts, latency: { indices: [1], counts: [1], sumMs: 1 }, connectionsActive: 0, totals: counts };
}

describe('topologyProblem', () => {
  it('finds nothing wrong with a whole graph', () => {
    expect(topologyProblem(HELLO)).toBeNull();
  });

  it('names a node whose region is not listed', () => {
    expect(topologyProblem({ ...HELLO, regions: [] })).toContain('"shop" is in the region "eu"');
  });

  it('names an edge with an end that is not listed', () => {
    expect(topologyProblem({ ...HELLO, edges: [{ source: 'shop', target: 'cache', protocol: 'tcp' }] })).toContain('shop -> cache (tcp)');
  });

  it('names an edge that is listed twice', () => {
    expect(topologyProblem({ ...HELLO, edges: [...HELLO.edges, ...HELLO.edges] })).toContain('listed twice');
  });
});

describe('describedProblem', () => {
  const MAIL = { source: 'db', target: 'shop', protocol: 'http' } as const;

  it('finds nothing wrong with more of the same graph, or with the same', () => {
    expect(describedProblem({ ...HELLO, edges: [...HELLO.edges, MAIL] }, HELLO)).toBeNull();
    expect(describedProblem(HELLO, HELLO)).toBeNull();
  });

  it('names an edge that lost its place', () => {
    expect(describedProblem({ ...HELLO, edges: [MAIL, ...HELLO.edges] }, HELLO)).toContain('shop -> db (tcp) had the place 0');
    expect(describedProblem({ ...HELLO, edges: [] }, HELLO)).toContain('place 0');
  });

  it('asks of it what it asks of a hello', () => {
    expect(describedProblem({ ...HELLO, edges: [...HELLO.edges, { ...MAIL, target: 'nowhere' }] }, HELLO)).toContain('nowhere');
    expect(describedProblem({ ...HELLO, edges: [...HELLO.edges, MAIL, MAIL] }, HELLO)).toContain('listed twice');
  });
});

describe('reportProblem', () => {
  const report = { seq: 7, sec: 1_700_000_000, droppedReports: 0 };

  it('finds nothing wrong with edges that hello listed', () => {
    expect(reportProblem({ ...report, edges: [second(0), second(1)] }, 2)).toBeNull();
  });

  it('names an edge that hello did not list', () => {
    expect(reportProblem({ ...report, edges: [second(2)] }, 2)).toContain('names the edge 2');
  });

  it('names an edge that is reported twice', () => {
    expect(reportProblem({ ...report, edges: [second(1), second(1)] }, 2)).toContain('names the edge 1 twice');
  });
});
