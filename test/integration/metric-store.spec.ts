import type { PinView } from '#contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiClient } from '../support/api-client.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../support/embedded-postgres.js';
import { MetricClient } from '../support/metric-client.js';
import { startServer, type ServerProcess } from '../support/server-process.js';
import { waitUntil } from '../support/wait-until.js';

let postgres: EmbeddedPostgres;
let server: ServerProcess;
let client: MetricClient;
let admin: ApiClient;
const HOUR_MS = 3_600_000;
const nowMs = Math.floor(Date.now() / 1_000) * 1_000;

beforeAll(async () => {
  postgres = await startEmbeddedPostgres();
  server = await startServer(postgres.url);
  admin = await server.signIn();
  client = await MetricClient.create(admin);
  await written('ready', nowMs, 1);
});
afterAll(async () => {
  await server.stop();
  await postgres.stop();
});

/** Writes one sample, when the store is ready to. */
async function written(name: string, timeMs: number, value: number): Promise<void> {
  await waitUntil(`${name} is written`, async () => ((await client.write(2, [{ labels: { __name__: name }, samples: [[timeMs, value]] }])).status === 204 ? true : undefined));
}

describe.each([1, 2] as const)('remote write %i.0', (version) => {
  it('answers after the commit, and what was written is read back', async () => {
    const labels = { __name__: `counter_v${version}_total`, job: 'shop', instance: 'a:1' };
    const samples = [0, 1, 2, 3].map((i) => [nowMs - 60_000 + i * 15_000, i * 10.5] as const);
    const answer = await client.write(version, [{ labels, samples }]);
    expect(answer).toMatchObject({ status: 204, text: '' });
    expect(answer.headers.get('x-prometheus-remote-write-samples-written')).toBe('4');
    const raw = await client.raw(labels.__name__, { fromMs: nowMs - HOUR_MS, toMs: nowMs });
    expect([...raw.values()]).toEqual([samples.map(([timeMs, value]) => [timeMs, String(value)])]);
  });
});

describe('a token with a read scope', () => {
  const team = (name: string) => ({ labels: { __name__: 'scoped_total', team: name, secret: `of ${name}` }, samples: [[nowMs, 1] as const] });

  it('sees its own series and their labels, and no others, wherever it asks', async () => {
    expect((await client.write(2, [team('red'), team('blue')])).status).toBe(204);
    const red = await MetricClient.create(await server.signIn(), { readScope: '{team="red"}' });
    const time = String(nowMs / 1_000);
    expect(await client.ask('query', { query: 'count(scoped_total)', time })).toMatchObject({ data: { result: [{ value: [expect.any(Number), '2'] }] } });
    expect(await red.ask('query', { query: 'count(scoped_total)', time })).toMatchObject({ data: { result: [{ value: [expect.any(Number), '1'] }] } });
    expect(await red.ask('query', { query: 'scoped_total{team="blue"}', time })).toMatchObject({ data: { result: [] } });
    expect(await red.ask('label/secret/values', {})).toMatchObject({ data: ['of red'] });
    expect(await red.ask('series', { 'match[]': 'scoped_total' })).toMatchObject({ data: [{ team: 'red' }] });
  });

  it('is refused with a scope that is none', async () => {
    const api = await server.signIn();
    const answer = await api.call('POST', '/api/tokens', { name: 'x', role: 'viewer', expiresInDays: 1, readScope: 'up{' });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'INVALID_REQUEST', message: expect.stringContaining('readScope') } } });
  });
});

async function restart(environment: Readonly<Record<string, string>>): Promise<void> {
  await server.stop();
  server = await startServer(postgres.url, environment);
  admin = await server.signIn();
  client = await MetricClient.create(admin);
}

describe('a series of which all samples are over their time', () => {
  const DAYS_AGO_MS = nowMs - 10 * 24 * HOUR_MS;
  const named = (name: string) => client.ask<unknown[]>('series', { 'match[]': `{__name__="${name}"}`, start: String(DAYS_AGO_MS / 1_000 - 1) });
  const rows = (name: string) => postgres.query(`SELECT 1 FROM metric_series JOIN metric_name ON metric_name.id = metric_id WHERE name = $1`, [name]);

  it('is removed with the last of them, and may come back', async () => {
    await restart({ FAULTLINE_METRICS_JOURNAL_SEC: '1' });
    await written('dead_total', DAYS_AGO_MS, 1);
    await written('living_total', DAYS_AGO_MS, 1);
    await written('living_total', nowMs, 2);
    await waitUntil('the old samples are in segments', async () => ((await postgres.query('SELECT 1 FROM metric_segment')).length > 0 ? true : undefined));
    expect((await named('dead_total')).data).toHaveLength(1);
    await restart({ FAULTLINE_METRICS_JOURNAL_SEC: '1', FAULTLINE_METRICS_KEEP_DAYS: '7' });
    await waitUntil('it is removed', async () => ((await rows('dead_total')).length === 0 ? true : undefined));
    expect(await postgres.query(`SELECT 1 FROM metric_name WHERE name = 'dead_total'`)).toEqual([]);
    expect((await named('dead_total')).data).toEqual([]);
    expect((await named('living_total')).data).toHaveLength(1);
    await written('dead_total', nowMs, 5);
    expect([...(await client.raw('dead_total', { fromMs: DAYS_AGO_MS, toMs: nowMs })).values()]).toEqual([[[nowMs, '5']]]);
  });
});

describe('a pinned span', () => {
  const pin = (from: string, to: string, reason = 'game day') => admin.call<PinView>('POST', '/api/metrics/pins', { from, to, reason });

  it('is listed and audited, and its days are kept until it is unpinned', async () => {
    const daysAgo = (days: number): string => new Date(nowMs - days * 24 * HOUR_MS).toISOString();
    const { status, body } = await pin(daysAgo(10.5), daysAgo(9.5));
    expect([status, await admin.need('GET', '/api/metrics/pins')]).toEqual([201, [body]]);
    expect(await admin.need('GET', '/api/audit')).toContainEqual(expect.objectContaining({ action: 'metrics.pin', subject: body.id }));
    await restart({ FAULTLINE_METRICS_JOURNAL_SEC: '1' });
    await written('pinned_total', nowMs - 10 * 24 * HOUR_MS, 7);
    await waitUntil('it is in a segment', async () => ((await postgres.query('SELECT 1 FROM metric_journal UNION ALL SELECT 1 FROM metric_recent WHERE window_ms < $1', [nowMs - 24 * HOUR_MS])).length === 0 ? true : undefined));
    await restart({ FAULTLINE_METRICS_JOURNAL_SEC: '1', FAULTLINE_METRICS_KEEP_DAYS: '7' });
    const kept = () => client.raw('pinned_total', { fromMs: nowMs - 11 * 24 * HOUR_MS, toMs: nowMs });
    await written('later', nowMs, 1);
    expect([...(await kept()).values()]).toEqual([[[nowMs - 10 * 24 * HOUR_MS, '7']]]);
    expect((await admin.call('DELETE', `/api/metrics/pins/${body.id}`)).status).toBe(204);
    await waitUntil('it is dropped', async () => ((await kept()).size === 0 ? true : undefined));
  });

  it('has a beginning before its end, a reason, and bounds', async () => {
    expect(await pin('2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z')).toMatchObject({ status: 400, body: { error: { message: expect.stringContaining('must be after from') } } });
    expect(await pin('2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z')).toMatchObject({ status: 400, body: { error: { message: expect.stringContaining('31 days') } } });
    expect(await pin('yesterday', '2026-01-01T00:00:00Z')).toMatchObject({ status: 400 });
    expect(await pin('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', ' ')).toMatchObject({ status: 400 });
    expect(await admin.call('DELETE', '/api/metrics/pins/00000000-0000-4000-8000-000000000000')).toMatchObject({ status: 404 });
  });
});

describe('the limit on the series of a metric', () => {
  it('counts those that are read back from the journal', async () => {
    const series = (instance: string) => [{ labels: { __name__: 'limited_total', instance }, samples: [[nowMs, 1] as const] }];
    for (const instance of ['a', 'b']) expect((await client.write(2, series(instance))).status).toBe(204);
    await restart({ FAULTLINE_METRICS_MAX_SERIES_PER_METRIC: '2' });
    expect(await waitUntil('the store writes', async () => (await client.write(2, series('c'))).status !== 503)).toBe(true);
    expect(await client.write(2, series('c'))).toMatchObject({ status: 400, text: expect.stringContaining('limited_total') });
    expect((await client.write(2, series('a'))).status).toBe(204);
  });
});
