import { afterEach, describe, expect, it } from 'vitest';
import { startPrometheusApp, type PrometheusApp, type PrometheusAppParts } from '../support/prometheus-app.js';
import { TEAM_TARGETS, TEAMS } from '../support/prometheus-fixture.js';

const apps: PrometheusApp[] = [];
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()));
});

interface Refusal {
  readonly status: number;
  readonly errorType: string | undefined;
  readonly error: string | undefined;
}

type Ask = (parameters: Readonly<Record<string, string>>, signal?: AbortSignal) => Promise<Refusal>;

/** An app whose instant queries, or range queries where `start` is given, are asked by form. */
async function start(parts: Partial<PrometheusAppParts> = {}): Promise<{ readonly ask: Ask; readonly origin: string }> {
  const app = await startPrometheusApp({ store: TEAMS, targets: TEAM_TARGETS, ...parts });
  apps.push(app);
  const headers = { 'x-test-reader': JSON.stringify({ role: 'viewer', scope: [] }) };
  const ask: Ask = async (parameters, signal) => {
    const route = parameters['start'] === undefined ? 'query' : 'query_range';
    const response = await fetch(`${app.origin}/prometheus/api/v1/${route}`, { method: 'POST', headers, body: new URLSearchParams(parameters), ...(signal === undefined ? {} : { signal }) });
    const { errorType, error } = (await response.json()) as Partial<Refusal>;
    return { status: response.status, errorType, error };
  };
  return { ask, origin: app.origin };
}

const FINE = { status: 200, errorType: undefined, error: undefined };
const OUT_OF_MEMORY = { status: 422, errorType: 'execution', error: expect.stringMatching(/^query processing needs more memory than queries may use together \(64 MiB\)/) };

describe('a query that takes too long', () => {
  it('ends at its timeout, or at that of the server', async () => {
    const { ask } = await start({ timeoutMs: 300 });
    const late = { status: 503, errorType: 'timeout', error: 'query timed out in expression evaluation' };
    expect(await ask({ query: 'never', timeout: '50ms' })).toEqual(late);
    expect(await ask({ query: 'never', timeout: '1h' })).toEqual(late);
    expect(await ask({ query: 'sum_over_time(vector(time())[4000000s:1s])', timeout: '0.05' })).toEqual(late);
    expect(await ask({ query: '1', timeout: '0' })).toEqual({ ...late, error: 'query timed out in query queue' });
  });

  it('ends when its client goes, and its place is free again', async () => {
    const { ask } = await start({ thread: { maxConcurrent: 1 } });
    const client = new AbortController();
    const gone = ask({ query: 'never' }, client.signal);
    const waiting = ask({ query: '1' });
    setTimeout(() => client.abort(), 100);
    await expect(gone).rejects.toThrow('abort');
    expect(await waiting).toEqual(FINE);
  });

  it('is ended together with the thread when it never looks at its clock', async () => {
    const { ask } = await start({ thread: { stuckAfterMs: 200 } });
    expect(await ask({ query: 'busy', timeout: '50ms' })).toMatchObject({ status: 503, errorType: 'timeout' });
    expect(await ask({ query: '1' })).toEqual(FINE);
  });

  it('leaves the others waiting no longer than they want to', async () => {
    const { ask } = await start({ thread: { maxConcurrent: 1, maxWaiting: 1 }, timeoutMs: 2_000 });
    const client = new AbortController();
    const running = ask({ query: 'never' }, client.signal);
    const ended = expect(running).rejects.toThrow('abort');
    const waiting = ask({ query: '1', timeout: '300ms' });
    // The second waits, so the third finds no place to wait.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await ask({ query: '1' })).toEqual({ status: 503, errorType: 'unavailable', error: 'too many queries are waiting: try again later' });
    expect(await waiting).toEqual({ status: 503, errorType: 'timeout', error: 'query timed out in query queue' });
    client.abort();
    await ended;
  });
});

describe('a query that needs too much memory', () => {
  it('of the heap ends its thread and what runs in it, never the server', async () => {
    const { ask } = await start({ store: { ...TEAMS, many: { series: 150, values: 11_000 } }, thread: { maxMemoryMib: 64 } });
    const bystander = ask({ query: 'never' });
    // Opening the store takes the thread a while.
    expect(await ask({ query: '1' })).toEqual(FINE);
    expect(await ask({ query: 'many', start: '0', end: '10999', step: '1' })).toEqual(OUT_OF_MEMORY);
    expect(await bystander).toEqual(OUT_OF_MEMORY);
    expect(await ask({ query: 'requests_total', time: '100' })).toEqual(FINE);
  });

  it('of buffers, which the heap does not count, is ended', async () => {
    const { ask } = await start({ thread: { maxMemoryMib: 64 } });
    expect(await ask({ query: 'bloated' })).toEqual(OUT_OF_MEMORY);
    expect(await ask({ query: '1' })).toEqual(FINE);
  });

  it('of samples is refused', async () => {
    const { ask } = await start({ thread: { engine: { lookbackMs: 300_000, defaultSubqueryStepMs: 60_000, maxSamples: 50 } } });
    const error = 'query processing would load too many samples into memory in query execution';
    expect(await ask({ query: 'requests_total[5m]', time: '300' })).toEqual({ status: 422, errorType: 'execution', error });
  });
});

describe('a query that is hard to read', () => {
  const long = (length: number): string => `sum(requests_total{instance=~"${'host-0001|'.repeat(length / 10)}one:80"})`;
  const matcher = (pattern: string): string => `requests_total{job=~"${pattern}"}`;
  const REFUSED = { status: 400, errorType: 'bad_data', error: expect.stringContaining('invalid parameter "query": ') };

  it('of 50,000 characters is read', async () => {
    const { ask } = await start();
    expect(await ask({ query: long(50_000), time: '100' })).toEqual(FINE);
    expect(await ask({ query: `${'('.repeat(25_000)}1${')'.repeat(25_000)}` })).toEqual(REFUSED);
    expect(await ask({ query: Array(25_000).fill('1').join('+') })).toEqual(REFUSED);
  });

  it('with a pattern made to hang or to grow is answered or refused at once', async () => {
    const { ask } = await start();
    expect(await ask({ query: matcher('(a+)+$'), time: '100' })).toEqual(FINE);
    expect(await ask({ query: matcher('(x+x+)+y'), time: '100' })).toEqual(FINE);
    for (const pattern of ['(((x{1000}){1000}){1000})', `(${'a'.repeat(50_000)}){1000}`, '.*a'.repeat(16_000), '(', '\\\\C']) expect(await ask({ query: matcher(pattern), time: '100' })).toEqual(REFUSED);
  });
});

describe('a store', () => {
  it('that fails is not quoted to whoever asked', async () => {
    const { ask } = await start();
    const { status, errorType, error } = await ask({ query: 'broken' });
    expect([status, errorType]).toEqual([500, 'internal']);
    expect(error).toMatch(/^Something failed inside Faultline\. The log entry [0-9a-f-]+ says what\.$/);
  });

  it('that cannot be opened makes every question wait for another time', async () => {
    const { ask, origin } = await start({ store: { ...TEAMS, openProblem: 'no such table' } });
    expect((await fetch(`${origin}/prometheus/-/ready`)).status).toBe(503);
    for (let i = 0; i < 2; i++) expect(await ask({ query: '1' })).toEqual({ status: 503, errorType: 'unavailable', error: 'The metric store cannot be opened: no such table' });
  });
});
