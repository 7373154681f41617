import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { compress } from 'snappyjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CreatedTokenView } from '#contracts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../support/embedded-postgres.js';
import { MetricClient, type WriteAnswer } from '../support/metric-client.js';
import { REMOTE_WRITE_HEADERS, remoteWriteBody, type WrittenSeries } from '../support/remote-write-body.js';
import { startServer, type ServerProcess } from '../support/server-process.js';
import { waitUntil } from '../support/wait-until.js';

const FUZZ_RUNS = 2_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LEASE_ENDS_WITHIN_MS = 10_000;
const VERSIONS = [1, 2] as const;
type Version = (typeof VERSIONS)[number];
const nowMs = Math.floor(Date.now() / 1_000) * 1_000;

let postgres: EmbeddedPostgres;
let server: ServerProcess;
let client: MetricClient;

beforeAll(async () => {
  postgres = await startEmbeddedPostgres();
  server = await startServer(postgres.url);
  client = await MetricClient.create(await server.signIn());
  await untilWriting(client);
});
afterAll(async () => {
  await server.stop();
  await postgres.stop();
});

const series = (name: string, value = 1, timeMs = nowMs): WrittenSeries => ({ labels: { __name__: name, job: 'a' }, samples: [[timeMs, value]] });

function untilWriting(sender: MetricClient, withinMs?: number): Promise<unknown> {
  return waitUntil('the store writes', async () => ((await sender.write(2, [series('ready')])).status === 204 ? true : undefined), withinMs);
}

/** Raw samples of a metric, of all its series. */
async function samplesOf(name: string, reader = client): Promise<(readonly [timeMs: number, value: string])[]> {
  return [...(await reader.raw(name, { fromMs: nowMs - HOUR_MS, toMs: nowMs + HOUR_MS })).values()].flat();
}

async function post(body: Uint8Array, headers: Readonly<Record<string, string>>): Promise<WriteAnswer> {
  const response = await fetch(`${server.origin}/prometheus/api/v1/write`, { method: 'POST', headers: { authorization: `Bearer ${client.token}`, ...headers }, body: Buffer.from(body) });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

const written = ({ headers }: WriteAnswer): (string | null)[] => ['samples', 'histograms', 'exemplars'].map((kind) => headers.get(`x-prometheus-remote-write-${kind}-written`));

/** A database of its own in the same PostgreSQL. */
async function freshDatabase(name: string): Promise<string> {
  await postgres.query(`CREATE DATABASE ${name}`);
  const url = new URL(postgres.url);
  url.pathname = `/${name}`;
  return url.href;
}

// Messages that the support's writer cannot make. Protobuf, as much of it as is needed:
type Bytes = readonly number[];
function varint(value: number): Bytes {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return [...bytes, Number(rest)];
}
const int = (field: number, value: number): Bytes => [...varint(field * 8), ...varint(value)];
const sint = (field: number, value: number): Bytes => int(field, value >= 0 ? 2 * value : -2 * value - 1);
const double = (field: number, value: number): Bytes => [...varint(field * 8 + 1), ...Buffer.from(Float64Array.of(value).buffer)];
const nested = (field: number, ...parts: Bytes[]): Bytes => [...varint(field * 8 + 2), ...varint(parts.flat().length), ...parts.flat()];
const text = (field: number, value: string): Bytes => nested(field, [...Buffer.from(value)]);

const HISTOGRAM = (timeMs: number): Bytes[] => {
  const spans = nested(11, sint(1, 0), int(2, 2));
  return [int(1, 6), double(3, 18.4), sint(4, 0), double(5, 0.001), int(6, 1), spans, nested(12, varint(4), varint(2)), int(15, timeMs)];
};
const SHOWN_HISTOGRAM = { count: '6', sum: '18.4', buckets: [[3, '-0.001', '0.001', '1'], [0, '0.5', '1', '2'], [0, '1', '2', '3']] };

/** One series with a native histogram and one with a sample and an exemplar; 2.0 also says what the second is. */
function richMessage(version: Version, name: string): Bytes {
  if (version === 1) {
    const label = (field: number, key: string, value: string): Bytes => nested(field, text(1, key), text(2, value));
    const exemplar = nested(3, label(1, 'trace_id', 'abc'), double(2, 0.25), int(3, nowMs - 5));
    const counter = nested(1, label(1, '__name__', `${name}_total`), label(1, 'job', 'a'), nested(2, double(1, 7), int(2, nowMs)), exemplar);
    return [...nested(1, label(1, '__name__', `${name}_seconds`), label(1, 'job', 'a'), nested(4, ...HISTOGRAM(nowMs))), ...counter];
  }
  const symbols = ['', '__name__', `${name}_seconds`, `${name}_total`, 'job', 'a', 'trace_id', 'abc', 'How many there were.', 'requests'];
  const references = (...numbers: number[]): Bytes => nested(1, numbers.flatMap(varint));
  const counter = [nested(2, double(1, 7), int(2, nowMs)), nested(4, references(6, 7), double(2, 0.25), int(3, nowMs - 5)), nested(5, int(1, 1), int(3, 8), int(4, 9))];
  return [...symbols.flatMap((symbol) => text(4, symbol)), ...nested(5, references(1, 2, 4, 5), nested(3, ...HISTOGRAM(nowMs))), ...nested(5, references(1, 3, 4, 5), ...counter)];
}

describe.each(VERSIONS)('a sender of remote write %i.0', (version) => {
  it('gets an empty 204 that counts what was written', async () => {
    const answer = await client.write(version, [series(`counted_v${version}_a`), { ...series(`counted_v${version}_b`), samples: [[nowMs - 1_000, 1], [nowMs, 2]] }]);
    expect([answer.status, answer.text, written(answer)]).toEqual([204, '', ['3', '0', '0']]);
  });

  it('may send the same again', async () => {
    const again = [series(`again_v${version}`, 5)];
    const answers = [await client.write(version, again), await client.write(version, again), await client.write(version === 1 ? 2 : 1, again)];
    expect(answers.map((answer) => [answer.status, written(answer)])).toEqual(Array(3).fill([204, ['1', '0', '0']]));
    expect(await samplesOf(`again_v${version}`)).toEqual([[nowMs, '5']]);
  });

  it('has its native histograms and exemplars kept', async () => {
    const name = `rich_v${version}`;
    const answer = await client.writeBody(version, compress(Uint8Array.from(richMessage(version, name))));
    expect([answer.status, answer.text, written(answer)]).toEqual([204, '', ['1', '1', '1']]);
    const metric = { __name__: `${name}_seconds`, job: 'a' };
    expect((await client.ask('query', { query: metric.__name__, time: String(nowMs / 1_000) })).data).toEqual({ resultType: 'vector', result: [{ metric, histogram: [nowMs / 1_000, SHOWN_HISTOGRAM] }] });
    const span = { start: String(nowMs / 1_000 - 60), end: String(nowMs / 1_000) };
    const exemplars = [{ labels: { trace_id: 'abc' }, value: '0.25', timestamp: nowMs / 1_000 - 0.005 }];
    expect((await client.ask('query_exemplars', { query: `rate(${name}_total[1m])`, ...span })).data).toEqual([{ seriesLabels: { __name__: `${name}_total`, job: 'a' }, exemplars }]);
  });

  it('learns that a body is no snappy block or no message, and nothing of it is kept', async () => {
    const sound = remoteWriteBody(version, [series(`whole_v${version}`)]);
    const cutMessage = compress(Uint8Array.from(richMessage(version, `cut_v${version}`).slice(0, -3)));
    for (const body of [Buffer.from('no snappy'), sound.subarray(0, sound.length - 1), Buffer.alloc(0), cutMessage, compress(Buffer.from('\xff\xff no protobuf'))]) {
      const answer = await client.writeBody(version, body);
      expect([answer.status, answer.text === '', written(answer)]).toEqual([400, false, ['0', '0', '0']]);
    }
    expect([await samplesOf(`cut_v${version}_total`), await samplesOf(`whole_v${version}`)]).toEqual([[], []]);
  });

  it('is refused a body that says that it grows beyond 64 MiB, before it does', async () => {
    for (const body of [Uint8Array.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0]), compress(new Uint8Array(64 * 1_048_576 + 1))]) {
      const answer = await client.writeBody(version, body);
      expect([answer.status, written(answer)]).toEqual([413, ['0', '0', '0']]);
      expect(answer.text).toContain('more than the limit of 67108864');
    }
  });

  const wide = Object.fromEntries(Array.from({ length: 99 }, (_, i) => [`label_${i}`, 'x']));
  it.each<[string, WrittenSeries, RegExp]>([
    ['older than the window for late samples', { labels: { __name__: 'late', job: 'a' }, samples: [[nowMs, 1], [nowMs - 11 * MINUTE_MS, 1]] }, /more than 10 minutes older than the newest of its series/],
    ['another value at the same time', { labels: { __name__: 'twice', job: 'a' }, samples: [[nowMs, 1], [nowMs, 2]] }, /There is another value already.*the first stays/],
    ['ahead of the clock', series('future', 1, nowMs + HOUR_MS), /too far ahead/],
    ['from before what is kept', series('ancient', 1, nowMs - 30 * 24 * HOUR_MS), /samples are kept from/],
    ['a series with too many labels', { labels: { __name__: 'wide', ...wide }, samples: [[nowMs, 1]] }, /"wide" has 101 labels; 100 are allowed/],
    ['a series without a name', { labels: { job: 'a' }, samples: [[nowMs, 1]] }, /__name__/],
    ['U+0000 in a label', { labels: { __name__: 'zero', job: 'a\0b' }, samples: [[nowMs, 1]] }, /"zero" has the character U\+0000 in its label "job"/],
    ['a label name that is too long', { labels: { __name__: 'long', ['x'.repeat(1_025)]: 'a' }, samples: [[nowMs, 1]] }, /longer than 1024 bytes/],
  ])('is told of %s, and the rest is kept', async (what, bad, problem) => {
    const name = `beside_v${version}_${what.replaceAll(/\W/g, '_')}`;
    const own = { ...bad, labels: { ...bad.labels, version: String(version) } };
    const answer = await client.write(version, [own, series(name)]);
    expect([answer.status, answer.text]).toEqual([400, expect.stringMatching(problem)]);
    // One of the bad series' samples is refused, and the good one is kept.
    expect(written(answer)[0]).toBe(String(bad.samples.length - 1 + 1));
    expect(await samplesOf(name)).toEqual([[nowMs, '1']]);
  });
});

describe('labels that no specification allows', () => {
  it('are named, and the rest is kept', async () => {
    const label = (name: string, value: string): Bytes => nested(1, text(1, name), text(2, value));
    const sample = nested(2, double(1, 1), int(2, nowMs));
    const message = [...nested(1, label('job', 'a'), label('__name__', 'unsorted'), sample), ...nested(1, label('__name__', 'sorted'), label('job', 'a'), sample)];
    const answer = await client.writeBody(1, compress(Uint8Array.from(message)));
    expect([answer.status, answer.text, written(answer)]).toEqual([400, expect.stringContaining('not sorted'), ['1', '0', '0']]);
    expect([await samplesOf('unsorted'), await samplesOf('sorted')]).toEqual([[], [[nowMs, '1']]]);
  });
});

describe('what 2.0 says beside a series', () => {
  it('is there as metadata', async () => {
    await client.writeBody(2, compress(Uint8Array.from(richMessage(2, 'described'))));
    const { data } = await client.ask('metadata', { metric: 'described_total' });
    expect(data).toEqual({ described_total: [{ type: 'counter', help: 'How many there were.', unit: 'requests' }] });
  });
});

describe('the headers of a request', () => {
  const body = remoteWriteBody(1, [series('headers')]);
  const json = Buffer.from('{}');
  it.each([
    ['another message', body, 'application/x-protobuf;proto=io.prometheus.write.v9.Request', 'snappy'],
    ['another encoding', body, 'application/x-protobuf', 'gzip'],
    ['another encoding of 2.0', body, 'application/x-protobuf;proto=io.prometheus.write.v2.Request', 'zstd'],
    ['JSON', json, 'application/json', 'snappy'],
    ['text', body, 'text/plain', 'snappy'],
    ['an unknown type', body, 'application/octet-stream', 'snappy'],
  ])('are refused with 415 when they name %s', async (_, sent, type, encoding) => {
    expect((await post(sent, { 'content-type': type, 'content-encoding': encoding })).status).toBe(415);
    expect(await samplesOf('headers')).toEqual([]);
  });

  it('may name the message of 1.0', async () => {
    expect((await post(body, { ...REMOTE_WRITE_HEADERS[1], 'content-type': 'application/x-protobuf;proto=prometheus.WriteRequest' })).status).toBe(204);
  });

  it('are not enough without a token, or with one that may only read', async () => {
    const api = await server.signIn();
    const { token } = await api.need<CreatedTokenView>('POST', '/api/tokens', { name: 'reads', role: 'viewer', expiresInDays: 1 });
    const refused = remoteWriteBody(1, [series('unauthorized')]);
    const answers = [await post(refused, { ...REMOTE_WRITE_HEADERS[1], authorization: '' }), await post(refused, { ...REMOTE_WRITE_HEADERS[1], authorization: `Bearer ${token}` })];
    expect(answers.map(({ status }) => status)).toEqual([401, 403]);
    expect(await samplesOf('unauthorized')).toEqual([]);
  });

  it('are answered with 413 when the body is larger than any sender makes it', async () => {
    expect((await post(new Uint8Array(17 * 1_048_576), REMOTE_WRITE_HEADERS[1])).status).toBe(413);
  });
});

describe(`${FUZZ_RUNS} damaged bodies`, () => {
  it('are answered, and nothing breaks', async () => {
    const sound = VERSIONS.map((version) => ({ version, message: Buffer.concat([Buffer.from(richMessage(version, 'fuzz')), Buffer.from(richMessage(version, 'fuzz_more'))]) }));
    const damage = fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), byte: fc.integer({ min: 0, max: 255 }), cut: fc.integer({ min: 0, max: 3 }), into: fc.boolean() }), { minLength: 1, maxLength: 6 });
    const statuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...sound), fc.constantFrom(...VERSIONS), fc.boolean(), damage, async ({ message }, as, beforeCompression, places) => {
        let bytes: Uint8Array = beforeCompression ? message : compress(message);
        for (const { at, byte, cut, into } of places) {
          const place = Math.floor(at * bytes.length);
          bytes = Buffer.concat([bytes.subarray(0, place), Buffer.from(into ? [byte] : []), bytes.subarray(place + cut)]);
        }
        const { status } = await client.writeBody(as, beforeCompression ? compress(bytes) : bytes);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        expect([204, 400, 413, 503]).toContain(status);
      }),
      { numRuns: FUZZ_RUNS },
    );
    expect([statuses.has(204), statuses.has(400)]).toEqual([true, true]);
    expect((await client.write(1, [series('after_the_damage')])).status).toBe(204);
    expect(await samplesOf('after_the_damage')).toEqual([[nowMs, '1']]);
    expect((await client.ask('series', { 'match[]': '{job!=""}' })).status).toBe('success');
    expect(server.output()).not.toContain('"level":50');
  });
});

describe('a limit on series', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const known = (timeMs: number): WrittenSeries[] => names.map((name) => series(name, 1, timeMs));
  const directory = mkdtempSync(join(tmpdir(), 'faultline-test-limit-'));
  const environment = { FAULTLINE_METRICS_MAX_SERIES: String(names.length), FAULTLINE_SCRAPE_CONFIG: join(directory, 'prometheus.yml') };
  let url: string;
  let limited: ServerProcess;
  let sender: MetricClient;
  beforeAll(async () => {
    // The server asks itself too, and those series would count.
    writeFileSync(environment.FAULTLINE_SCRAPE_CONFIG, 'scrape_configs: [{ job_name: faultline-server }]');
    url = await freshDatabase('few_series');
    limited = await startServer(url, environment);
    sender = await MetricClient.create(await limited.signIn());
    await untilWritten(1, nowMs);
  });
  afterAll(async () => {
    await limited.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  const untilWritten = (version: Version, timeMs: number): Promise<WriteAnswer> =>
    waitUntil('the store writes', async () => [await sender.write(version, known(timeMs))].find(({ status }) => status !== 503));

  it('refuses new ones and names them; those that are known go on', async () => {
    const answer = await sender.write(1, [series('newcomer'), ...known(nowMs + 1_000)]);
    expect([answer.status, written(answer)[0]]).toEqual([400, '5']);
    expect(answer.text).toContain('5 series');
    expect(answer.text).toContain('newcomer');
    expect([await samplesOf('newcomer', sender), (await samplesOf('e', sender)).length]).toEqual([[], 2]);
  });

  it('knows them in the other version too', async () => {
    const answer = await sender.write(2, known(nowMs + 2_000));
    expect([answer.status, answer.text]).toEqual([204, '']);
  });

  it('knows them after a restart', async () => {
    await limited.stop();
    limited = await startServer(url, environment);
    sender = sender.at(limited.origin);
    const answer = await untilWritten(1, nowMs + 3_000);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect((await sender.write(1, [series('newcomer')])).status).toBe(400);
  });
});

describe('when a part is away', () => {
  it('the database: the sender is to try again, and then it succeeds', async () => {
    // One whose token was looked up a moment ago, and one whose token cannot be.
    const senders = [client, await MetricClient.create(await server.signIn())];
    await postgres.kill9();
    const answers: WriteAnswer[] = [];
    for (const sender of senders) answers.push(await sender.write(2, [series('patient', 3)]));
    await postgres.restart();
    await waitUntil('the same is taken', async () => ((await client.write(2, [series('patient', 3)])).status === 204 ? true : undefined));
    expect(await samplesOf('patient')).toEqual([[nowMs, '3']]);
    expect(answers.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual(Array(2).fill([503, expect.stringMatching(/^\d+$/)]));
  });

  it('the server: everything is there after its restart', async () => {
    const [floats, histograms] = ['{job="a",__name__=~"(again|beside|counted)_.*"}', '{__name__=~"rich_v._seconds"}'];
    const span = { fromMs: nowMs - HOUR_MS, toMs: nowMs + HOUR_MS };
    const read = async () => ({ floats: [...(await client.raw(floats, span))].sort(), histograms: (await client.ask('query', { query: histograms, time: String(nowMs / 1_000) })).data });
    const before = await read();
    expect(before.floats.length).toBeGreaterThan(20);
    expect(before.histograms).toMatchObject({ result: [{ histogram: [nowMs / 1_000, SHOWN_HISTOGRAM] }, { histogram: [nowMs / 1_000, SHOWN_HISTOGRAM] }] });
    await server.stop();
    server = await startServer(postgres.url);
    client = client.at(server.origin);
    await untilWriting(client);
    expect(await read()).toEqual(before);
  });

  it('the server that writes: the one that waits takes over', async () => {
    const second = await startServer(postgres.url);
    const waiting = client.at(second.origin);
    const answer = await waiting.write(2, [series('taken_over')]);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
    await client.write(2, [series('left_behind', 4)]);
    await server.kill9();
    server = second;
    client = waiting;
    await untilWriting(client, LEASE_ENDS_WITHIN_MS);
    expect((await client.write(2, [series('taken_over')])).status).toBe(204);
    expect([await samplesOf('left_behind'), await samplesOf('taken_over')]).toEqual([[[nowMs, '4']], [[nowMs, '1']]]);
  });
});
