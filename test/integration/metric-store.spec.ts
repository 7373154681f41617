import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../support/embedded-postgres.js';
import { MetricClient } from '../support/metric-client.js';
import { startServer, type ServerProcess } from '../support/server-process.js';
import { waitUntil } from '../support/wait-until.js';

let postgres: EmbeddedPostgres;
let server: ServerProcess;
let client: MetricClient;
const HOUR_MS = 3_600_000;
const nowMs = Math.floor(Date.now() / 1_000) * 1_000;

beforeAll(async () => {
  postgres = await startEmbeddedPostgres();
  server = await startServer(postgres.url);
  client = await MetricClient.create(await server.signIn());
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
