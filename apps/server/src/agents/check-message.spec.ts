import { describe, expect, it } from 'vitest';
import { AGENT_PROTOCOL, type EdgeSecond } from '#contracts';
import { helloProblem, reportProblem, type Hello } from './check-message.js';

const HELLO: Hello = {
  type: 'hello',
  protocol: AGENT_PROTOCOL,
  version: '1',
  bootId: 'b4f1a3de-0000-4000-8000-000000000000',
  regions: [{ name: 'eu', city: 'Zurich', latitudeDeg: 47, longitudeDeg: 8 }],
  nodes: [
    { name: 'shop', kind: 'service', region: 'eu' },
    { name: 'db', kind: 'database', region: 'eu' },
  ],
  edges: [{ source: 'shop', target: 'db', protocol: 'tcp' }],
  faults: [],
};

function second(edge: number): EdgeSecond {
  return {
    edge,
    outcomes: { ok: 1, clientError: 0, serverError: 0, noResponse: 0 },
    faulted: 0,
    latency: { indices: [1], counts: [1], sumMs: 1 },
    bytesSent: 0,
    bytesReceived: 0,
    connectionsOpened: 0,
    connectionsActive: 0,
  };
}

describe('helloProblem', () => {
  it('finds nothing wrong with a whole hello', () => {
    expect(helloProblem(HELLO)).toBeNull();
  });

  it('says which side to update when the protocols differ', () => {
    expect(helloProblem({ ...HELLO, protocol: AGENT_PROTOCOL + 1 })).toContain('update the server');
    expect(helloProblem({ ...HELLO, protocol: AGENT_PROTOCOL - 1 })).toContain('update the agent');
  });

  it('names a node whose region is not listed', () => {
    expect(helloProblem({ ...HELLO, regions: [] })).toContain('"shop" is in the region "eu"');
  });

  it('names an edge with an end that is not listed', () => {
    expect(helloProblem({ ...HELLO, edges: [{ source: 'shop', target: 'cache', protocol: 'tcp' }] })).toContain('shop -> cache (tcp)');
  });

  it('names an edge that is listed twice', () => {
    expect(helloProblem({ ...HELLO, edges: [...HELLO.edges, ...HELLO.edges] })).toContain('listed twice');
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
