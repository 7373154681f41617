import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EdgeSeriesView } from '#contracts';
import type { ApiClient } from '../support/api-client.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../support/embedded-postgres.js';
import { FakeAgent, edgeSecond } from '../support/fake-agent.js';
import { startServer, type ServerProcess } from '../support/server-process.js';
import { waitUntil } from '../support/wait-until.js';

let postgres: EmbeddedPostgres;
let server: ServerProcess;
let admin: ApiClient;
let agent: FakeAgent;
// Far enough in the past that no test's seconds meet another's, near enough that the clock check lets them through.
let nextSec = Math.floor(Date.now() / 1_000) - 3_600;

function freshSeconds(count: number): number[] {
  const seconds = Array.from({ length: count }, (_, i) => nextSec + i);
  nextSec += count + 10;
  return seconds;
}

async function recorded(fromSec: number, toSec: number): Promise<{ rows: number; ok: number; failed: number }> {
  const [sums] = await postgres.query<{ rows: number; ok: number; failed: number }>(
    'SELECT count(*)::int AS rows, coalesce(sum(ok), 0)::int AS ok, coalesce(sum(server_error + no_response), 0)::int AS failed FROM edge_second WHERE sec BETWEEN $1 AND $2',
    [fromSec, toSec],
  );
  return sums ?? { rows: 0, ok: 0, failed: 0 };
}

beforeAll(async () => {
  postgres = await startEmbeddedPostgres();
  server = await startServer(postgres.url);
  admin = await server.signIn();
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
    expect(await recorded(seconds[0] ?? 0, seconds.at(-1) ?? 0)).toEqual({ rows: 40, ok: 160, failed: 60 });
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
    expect(await recorded(seconds[0] ?? 0, seconds.at(-1) ?? 0)).toEqual({ rows: 5, ok: 15, failed: 0 });
  });

  it('of two starts of the agent in the same second are both kept', async () => {
    const [sec = 0] = freshSeconds(1);
    agent.report(sec, [edgeSecond(0, { ok: 4 })]);
    await agent.restart();
    const report = agent.report(sec, [edgeSecond(0, { ok: 5 })]);
    await agent.acknowledged(report.seq);
    expect(await recorded(sec, sec)).toEqual({ rows: 2, ok: 9, failed: 0 });
  });

  it('from a clock that is days off are left out and acknowledged all the same', async () => {
    const sec = Math.floor(Date.now() / 1_000) - 10 * 86_400;
    const report = agent.report(sec, [edgeSecond(0, { ok: 1 })]);
    await agent.acknowledged(report.seq);
    expect((await recorded(sec, sec)).rows).toBe(0);
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
    await waitUntil('the server notices', () => server.output().includes('recorded once it is back'));
    expect(agent.heard('flow-ack')).toHaveLength(acks);
    await postgres.restart();
    await agent.acknowledged(reports.at(-1)?.seq ?? 0);
    expect(await recorded(seconds[0] ?? 0, seconds.at(-1) ?? 0)).toEqual({ rows: 10, ok: 20, failed: 0 });
  });

  it('sent again to a server that was killed before it acknowledged count once', async () => {
    const seconds = freshSeconds(5);
    const reports = seconds.map((sec) => agent.report(sec, [edgeSecond(0, { ok: 6 })]));
    await server.kill9();
    server = await startServer(postgres.url, { FAULTLINE_PORT: String(server.port) });
    admin = await server.signIn();
    await agent.connect();
    for (const report of reports) agent.send({ type: 'flow', report });
    await agent.acknowledged(reports.at(-1)?.seq ?? 0);
    expect(await recorded(seconds[0] ?? 0, seconds.at(-1) ?? 0)).toEqual({ rows: 5, ok: 30, failed: 0 });
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

describe('the table of recorded traffic', () => {
  it('has partitions from yesterday to the day after tomorrow', async () => {
    const day = Math.floor(Date.now() / 86_400_000);
    const partitions = await postgres.query<{ name: string }>("SELECT relname AS name FROM pg_class WHERE relname LIKE 'edge_second_d%' AND relkind = 'r' ORDER BY 1");
    for (const expected of [day - 1, day, day + 1, day + 2]) expect(partitions.map(({ name }) => name)).toContain(`edge_second_d${expected}`);
  });
});
