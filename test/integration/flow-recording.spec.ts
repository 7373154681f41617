import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EdgeSeriesView } from '#contracts';
import type { ApiClient } from '../support/api-client.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../support/embedded-postgres.js';
import { FakeAgent, edgeSecond } from '../support/fake-agent.js';
import { MetricClient } from '../support/metric-client.js';
import { startServer, type ServerProcess } from '../support/server-process.js';
import { waitUntil } from '../support/wait-until.js';

let postgres: EmbeddedPostgres;
let server: ServerProcess;
let admin: ApiClient;
let metrics: MetricClient;
let agent: FakeAgent;
// Far enough in the past that no test's seconds meet another's, near enough that the clock check lets them through.
let nextSec = Math.floor(Date.now() / 1_000) - 3_600;

/** Seconds that nobody has reported yet; of the one before them every edge was said to be quiet, for counts are told from those before. */
function freshSeconds(count: number): number[] {
  agent.report(nextSec, agent.topology.edges.map((_, edge) => edgeSecond(edge)));
  const seconds = Array.from({ length: count }, (_, i) => nextSec + 1 + i);
  nextSec += count + 30;
  return seconds;
}

/** Of all edges: how many seconds were recorded, and the requests in them that went well and that failed. */
async function recorded(fromSec: number, toSec: number): Promise<{ seconds: number; ok: number; failed: number }> {
  const sums = { seconds: 0, ok: 0, failed: 0 };
  for (const edge of agent.topology.edges) {
    const parameters = new URLSearchParams({ ...edge, fromSec: String(fromSec), toSec: String(toSec + 1) });
    const { points } = await admin.need<EdgeSeriesView>('GET', `/api/edges/series?${parameters.toString()}`);
    sums.seconds += points.length;
    for (const { requests, failures } of points) {
      sums.ok += requests - failures;
      sums.failed += failures;
    }
  }
  return sums;
}

async function valueAt(query: string): Promise<number> {
  const { data } = await metrics.ask<{ readonly result: readonly { readonly value: readonly [number, string] }[] }>('query', { query });
  return Number(data.result[0]?.value[1]);
}

beforeAll(async () => {
  postgres = await startEmbeddedPostgres();
  server = await startServer(postgres.url);
  admin = await server.signIn();
  metrics = await MetricClient.create(admin);
  agent = await FakeAgent.start(admin);
});
afterAll(async () => {
  agent?.vanish();
  await server?.stop();
  await postgres?.stop();
});

describe('flow reports', () => {
  it('are on disk when they are acknowledged, and add up to what was sent', async () => {
    const seconds = freshSeconds(20);
    const reports = seconds.map((sec) => agent.report(sec, [edgeSecond(0, { ok: 7, serverError: 2 }), edgeSecond(2, { ok: 1, noResponse: 1 })]));
    await agent.acknowledged(reports.at(-1)?.seq ?? 0);
    expect(await recorded(seconds[0] ?? 0, seconds.at(-1) ?? 0)).toEqual({ seconds: 40, ok: 160, failed: 60 });
  });

  it('count once however often and in whatever order they are sent', async () => {
    const seconds = freshSeconds(5);
    const reports = seconds.map((sec) => agent.report(sec, [edgeSecond(0, { ok: 3 })]));
    for (const report of [...reports].reverse()) agent.send({ type: 'flow', report });
    await agent.acknowledged(reports.at(-1)?.seq ?? 0);
    agent.vanish();
    await agent.connect();
    const acks = agent.heard('flow-ack').length;
    for (const report of reports) agent.send({ type: 'flow', report });
    await waitUntil('the resent ones are acknowledged', () => agent.heard('flow-ack').length > acks);
    expect(await recorded(seconds[0] ?? 0, seconds.at(-1) ?? 0)).toEqual({ seconds: 5, ok: 15, failed: 0 });
  });

  it('of two starts of the agent add up, though the second counts from nothing', async () => {
    const [sec = 0, next = 0, last = 0] = freshSeconds(3);
    agent.report(sec, [edgeSecond(0, { ok: 4 })]);
    await agent.restart({ startedAtMs: next * 1_000 });
    agent.report(next, [edgeSecond(0, { ok: 5 })]);
    const report = agent.report(last, [edgeSecond(0, { ok: 1 })]);
    await agent.acknowledged(report.seq);
    expect(await recorded(sec, last)).toEqual({ seconds: 3, ok: 10, failed: 0 });
  });

  it('are series like any other', async () => {
    const seconds = freshSeconds(2);
    const reports = seconds.map((sec) => agent.report(sec, [edgeSecond(1, { ok: 8, serverError: 2, faulted: 3, latencyMs: 50 })]));
    await agent.acknowledged(reports.at(-1)?.seq ?? 0);
    const at = (seconds.at(-1) ?? 0) + 1;
    const edge = 'source="cart",target="stock",protocol="http",agent="local"';
    expect(await valueAt(`increase(faultline_edge_requests_total{${edge},outcome="server_error"}[2s] @ ${at})`)).toBeCloseTo(4, 6);
    expect(await valueAt(`histogram_count(sum_over_time(faultline_edge_latency_seconds{${edge}}[2s] @ ${at}))`)).toBe(20);
    expect(await valueAt(`histogram_quantile(0.5, sum_over_time(faultline_edge_latency_seconds{${edge}}[2s] @ ${at}))`)).toBeCloseTo(0.05, 2);
  });

  it('cannot be made up by targets and senders', async () => {
    const labels = { __name__: 'faultline_edge_requests_total', source: 'cart', target: 'stock', protocol: 'http', agent: 'local', outcome: 'ok' };
    const answer = await metrics.write(2, [{ labels, samples: [[Date.now(), 1e9]] }]);
    expect(answer).toMatchObject({ status: 400, text: expect.stringContaining("kept for what Faultline's own agents record") });
  });

  it('from a clock that is days off are left out and acknowledged all the same', async () => {
    const sec = Math.floor(Date.now() / 1_000) - 10 * 86_400;
    const report = agent.report(sec, [edgeSecond(0, { ok: 1 })]);
    await agent.acknowledged(report.seq);
    expect((await recorded(sec, sec)).seconds).toBe(0);
    await waitUntil('it is logged', () => server.output().includes('Correct its clock'));
  });

  it('that the agent had to drop are shown with it', async () => {
    const [sec = 0] = freshSeconds(1);
    const report = agent.report(sec, [], { droppedReports: 12 });
    await agent.acknowledged(report.seq);
    expect(await admin.need('GET', '/api/agents')).toMatchObject([{ name: 'local', droppedReports: 12 }]);
  });

  it('wait while Postgres is away and are recorded, and then acknowledged, once it is back', async () => {
    const seconds = freshSeconds(10);
    await postgres.kill9();
    const acks = agent.heard('flow-ack').length;
    const reports = seconds.map((sec) => agent.report(sec, [edgeSecond(1, { ok: 2 })]));
    await waitUntil('the server notices', () => server.output().includes('recorded once that is over'));
    expect(agent.heard('flow-ack')).toHaveLength(acks);
    await postgres.restart();
    await agent.acknowledged(reports.at(-1)?.seq ?? 0);
    expect(await recorded(seconds[0] ?? 0, seconds.at(-1) ?? 0)).toEqual({ seconds: 10, ok: 20, failed: 0 });
  });

  it('sent again to a server that was killed before it acknowledged count once', async () => {
    // The first may be all that is left of what came before.
    const seconds = freshSeconds(6);
    const reports = seconds.map((sec) => agent.report(sec, [edgeSecond(0, { ok: 6 })]));
    await server.kill9();
    server = await startServer(postgres.url, { FAULTLINE_PORT: String(server.port) });
    admin = await server.signIn();
    await agent.connect();
    for (const report of reports) agent.send({ type: 'flow', report });
    await agent.acknowledged(reports.at(-1)?.seq ?? 0);
    expect(await recorded(seconds[1] ?? 0, seconds.at(-1) ?? 0)).toEqual({ seconds: 5, ok: 30, failed: 0 });
  });
});

describe('the recorded series of an edge', () => {
  async function series(query: Record<string, string | number>): Promise<EdgeSeriesView> {
    const parameters = new URLSearchParams(Object.entries({ ...agent.edge(0), ...query }).map(([key, value]): [string, string] => [key, String(value)]));
    return admin.need('GET', `/api/edges/series?${parameters.toString()}`);
  }

  it('adds seconds up to steps and merges their latencies', async () => {
    const seconds = freshSeconds(4);
    const [fromSec = 0] = seconds;
    const reports = seconds.map((sec, i) => agent.report(sec, [edgeSecond(0, { ok: 9, serverError: 1, latencyMs: i < 2 ? 10 : 100 })]));
    await agent.acknowledged(reports.at(-1)?.seq ?? 0);
    const { points } = await series({ fromSec, toSec: fromSec + 4, stepSec: 2 });
    expect(points.map(({ sec, requests, failures }) => ({ sec, requests, failures }))).toEqual([
      { sec: fromSec, requests: 20, failures: 2 },
      { sec: fromSec + 2, requests: 20, failures: 2 },
    ]);
    expect(Math.abs((points[0]?.p50Ms ?? 0) / 10 - 1)).toBeLessThan(0.03);
    expect(Math.abs((points[1]?.p99Ms ?? 0) / 100 - 1)).toBeLessThan(0.03);
  });

  it('of an edge that nobody ever described is not found', async () => {
    const answer = await admin.call('GET', '/api/edges/series?source=a&target=b&protocol=http&fromSec=1&toSec=2');
    expect(answer.status).toBe(404);
  });
});

describe('the comparison of a fault', () => {
  it('names its edge and everything upstream, proves the bite, and waits for the window after', async () => {
    const beforeSec = Math.floor(Date.now() / 1_000) - 40;
    for (let sec = beforeSec; sec < beforeSec + 39; sec += 1) agent.report(sec, [edgeSecond(0, { ok: 20 }), edgeSecond(1, { ok: 20 })]);
    const target = { type: 'edge' as const, edge: agent.edge(1) };
    const fault = await admin.createFault({ target, fault: { kind: 'latency', params: { latencyMs: 200, jitterMs: 0, share: 1 } }, durationMs: 60_000 });
    const appliedSec = Math.floor(Date.parse(fault.appliedAt ?? '') / 1_000);
    for (let sec = appliedSec; sec < appliedSec + 5; sec += 1) {
      await waitUntil(`second ${sec} is over`, () => Date.now() >= (sec + 1) * 1_000);
      agent.report(sec, [edgeSecond(0, { ok: 20, latencyMs: 210 }), edgeSecond(1, { ok: 20, faulted: 20, latencyMs: 210 })]);
    }
    await admin.revert(fault.id);
    const last = agent.report(appliedSec + 5, [edgeSecond(1, { ok: 20 })]);
    await agent.acknowledged(last.seq);
    const comparison = await waitUntil('the window during is complete', async () => {
      const view = await admin.comparison(fault.id);
      return view.windows.during?.complete ? view : null;
    });
    expect(comparison.edges.map(({ edge, distance }) => [edge.source, edge.target, distance])).toEqual([
      ['cart', 'stock', 0],
      ['gateway', 'cart', 1],
    ]);
    expect(comparison.bite.faulted).toBeGreaterThan(0);
    expect(comparison.bite.requests).toBe(comparison.bite.faulted);
    const p50 = comparison.edges[0]?.metrics.find(({ metric }) => metric === 'p50Ms');
    expect(Math.abs((p50?.values.before ?? 0) / 10 - 1)).toBeLessThan(0.03);
    expect(Math.abs((p50?.values.during ?? 0) / 210 - 1)).toBeLessThan(0.03);
    expect(p50?.after.verdict).toBe('NO_DATA');
  });

  it('of a fault that nobody created is not found', async () => {
    expect((await admin.call('GET', '/api/faults/00000000-0000-4000-8000-000000000000/comparison')).status).toBe(404);
  });
});
