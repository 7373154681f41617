import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPrometheusApp, type PrometheusApp, type TestReader } from '../support/prometheus-app.js';
import { TEAM_TARGETS, TEAMS } from '../support/prometheus-fixture.js';

type Parameters = Readonly<Record<string, string | readonly string[]>>;
interface Answered {
  readonly status: number;
  readonly body: { readonly status: string; readonly data?: unknown; readonly errorType?: string; readonly error?: string; readonly warnings?: readonly string[]; readonly infos?: readonly string[] };
}

const EVERYTHING: TestReader = { role: 'viewer', scope: [] };
const TEAM_A: TestReader = { role: 'viewer', scope: [{ name: 'team', operator: '=', value: 'a' }] };

let app: PrometheusApp;
beforeAll(async () => {
  app = await startPrometheusApp({ store: TEAMS, targets: TEAM_TARGETS });
});
afterAll(() => app.close());

const form = (parameters: Parameters): URLSearchParams => new URLSearchParams(Object.entries(parameters).flatMap(([name, values]) => [values].flat().map((value): [string, string] => [name, value])));
const asReader = (reader: TestReader): Record<string, string> => ({ 'x-test-reader': JSON.stringify(reader) });

async function get(path: string, parameters: Parameters = {}, reader = EVERYTHING): Promise<Answered> {
  return answered(await fetch(`${app.origin}/prometheus/api/v1/${path}?${form(parameters)}`, { headers: asReader(reader) }));
}

async function post(path: string, parameters: Parameters, reader = EVERYTHING): Promise<Answered> {
  return answered(await fetch(`${app.origin}/prometheus/api/v1/${path}`, { method: 'POST', headers: asReader(reader), body: form(parameters) }));
}

async function answered(response: Response): Promise<Answered> {
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  return { status: response.status, body: (await response.json()) as Answered['body'] };
}

const data = async (path: string, parameters: Parameters = {}, reader = EVERYTHING): Promise<unknown> => {
  const { status, body } = await get(path, parameters, reader);
  expect([status, body.status, body.error]).toEqual([200, 'success', undefined]);
  return body.data;
};

async function refusal(path: string, parameters: Parameters = {}): Promise<readonly unknown[]> {
  const { status, body } = await get(path, parameters);
  expect(body.status).toBe('error');
  return [status, body.errorType, body.error];
}

describe('an instant query', () => {
  it('answers a vector, a matrix, a scalar and a string in their shapes', async () => {
    const metric = { __name__: 'requests_total', team: 'a', instance: 'one:80', job: 'shop' };
    expect(await data('query', { query: 'requests_total{team="a"}', time: '300.5' })).toEqual({ resultType: 'vector', result: [{ metric, value: [300.5, '300'] }] });
    expect(await data('query', { query: 'requests_total{team="a"}[20s]', time: '1970-01-01T00:05:00Z' })).toEqual({ resultType: 'matrix', result: [{ metric, values: [[290, '290'], [300, '300']] }] });
    expect(await data('query', { query: '1e-7', time: '4' })).toEqual({ resultType: 'scalar', result: [4, '0.0000001'] });
    expect(await data('query', { query: '"a\\"b"', time: '4' })).toEqual({ resultType: 'string', result: [4, 'a"b'] });
    expect(await data('query', { query: 'absent_metric', time: '4' })).toEqual({ resultType: 'vector', result: [] });
  });

  it('writes every number as Prometheus does', async () => {
    const values = ((await data('query', { query: 'odd[2m]', time: '61' })) as { result: { values: unknown[] }[] }).result[0]!.values;
    expect(values).toEqual([[0, '1e+21'], [10, '1e-07'], [20, '-0'], [30, 'NaN'], [40, '+Inf'], [50, '-Inf'], [60, '0.1']]);
  });

  it('gives histograms with their buckets', async () => {
    const { result } = (await data('query', { query: 'latency', time: '10' })) as { result: unknown[] };
    const histogram = { count: '3', sum: '3.5', buckets: [[3, '-0.001', '0.001', '1'], [0, '1', '2', '2']] };
    expect(result).toEqual([{ metric: { __name__: 'latency', team: 'a' }, histogram: [10, histogram] }]);
  });

  it('says with a warning that a limit cut the result, and with an info what looks wrong', async () => {
    const { body } = await get('query', { query: 'rate(odd[1m]) or requests_total', time: '60', limit: '1' });
    expect((body.data as { result: unknown[] }).result).toHaveLength(1);
    expect(body.warnings).toEqual(['results truncated due to limit']);
    expect(body.infos?.join()).toContain('metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "odd"');
  });

  it('refuses what it cannot read, in the words of Prometheus', async () => {
    expect(await refusal('query', { query: 'up{' })).toEqual([400, 'bad_data', 'invalid parameter "query": 1:4: parse error: unexpected end of input inside braces']);
    expect(await refusal('query', {})).toEqual([400, 'bad_data', 'invalid parameter "query": unknown position: parse error: no expression found in input']);
    expect(await refusal('query', { query: 'up', time: 'yesterday' })).toEqual([400, 'bad_data', `invalid parameter "time": invalid time value for 'time': cannot parse "yesterday" to a valid timestamp`]);
    expect(await refusal('query', { query: 'up', timeout: '1 h' })).toEqual([400, 'bad_data', 'invalid parameter "timeout": cannot parse "1 h" to a valid duration']);
    expect(await refusal('query', { query: 'up', lookback_delta: 'x' })).toEqual([400, 'bad_data', 'error parsing lookback delta duration: cannot parse "x" to a valid duration']);
    expect(await refusal('query', { query: 'up', limit: '-1' })).toEqual([400, 'bad_data', 'invalid parameter "limit": limit must be non-negative']);
    expect(await refusal('query', { query: 'up', limit: 'ten' })).toEqual([400, 'bad_data', 'invalid parameter "limit": strconv.Atoi: parsing "ten": invalid syntax']);
    expect(await refusal('query', { query: 'requests_total * on() requests_total', time: '60' })).toEqual([422, 'execution', expect.stringContaining('many-to-many matching not allowed')]);
  });

  it('looks back as far as it is told', async () => {
    const at = { query: 'requests_total{team="a"}', time: '400' };
    expect(((await data('query', at)) as { result: unknown[] }).result).toHaveLength(1);
    expect(((await data('query', { ...at, lookback_delta: '50' })) as { result: unknown[] }).result).toHaveLength(0);
  });
});

describe('a range query', () => {
  const range = { start: '100', end: '120', step: '10' };

  it('answers a matrix sorted by labels, by GET and by form alike', async () => {
    const asked = { query: 'sum by (team) (requests_total)', ...range };
    const result = [
      { metric: { team: 'a' }, values: [[100, '100'], [110, '110'], [120, '120']] },
      { metric: { team: 'b' }, values: [[100, '200'], [110, '220'], [120, '240']] },
    ];
    expect(await data('query_range', asked)).toEqual({ resultType: 'matrix', result });
    expect((await post('query_range', asked)).body).toEqual({ status: 'success', data: { resultType: 'matrix', result } });
    expect(await data('query_range', { query: '1', ...range, end: '100' })).toEqual({ resultType: 'matrix', result: [{ metric: {}, values: [[100, '1']] }] });
  });

  it('refuses wrong bounds in the words of Prometheus', async () => {
    const asked = { query: 'up', ...range };
    expect(await refusal('query_range', { ...asked, start: 'x' })).toEqual([400, 'bad_data', 'invalid parameter "start": cannot parse "x" to a valid timestamp']);
    expect(await refusal('query_range', { ...asked, end: '' })).toEqual([400, 'bad_data', 'invalid parameter "end": cannot parse "" to a valid timestamp']);
    expect(await refusal('query_range', { ...asked, end: '99' })).toEqual([400, 'bad_data', 'invalid parameter "end": end timestamp must not be before start time']);
    expect(await refusal('query_range', { ...asked, step: '0' })).toEqual([400, 'bad_data', 'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer']);
    expect(await refusal('query_range', { ...asked, step: 'x' })).toEqual([400, 'bad_data', 'invalid parameter "step": cannot parse "x" to a valid duration']);
    expect(await refusal('query_range', { ...asked, step: '1e300' })).toEqual([400, 'bad_data', 'invalid parameter "step": cannot parse "1e300" to a valid duration. It overflows int64']);
    const tooFine = 'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)';
    expect(await refusal('query_range', { ...asked, start: '0', end: '11001', step: '1s' })).toEqual([400, 'bad_data', tooFine]);
    expect((await get('query_range', { ...asked, start: '0', end: '11000', step: '1' })).status).toBe(200);
    expect(await refusal('query_range', { ...asked, query: '(up[5m])' })).toEqual([400, 'bad_data', 'invalid parameter "query": invalid expression type "range vector" for range query, must be Scalar or instant Vector']);
    expect(await refusal('query_range', { ...asked, query: '"text"' })).toEqual([400, 'bad_data', 'invalid parameter "query": invalid expression type "string" for range query, must be Scalar or instant Vector']);
  });
});

describe('what series there are', () => {
  it('is told of series, labels and values', async () => {
    const team = { 'match[]': '{team="a",job!=""}' };
    expect(await data('series', team)).toEqual([
      { __name__: 'requests_total', team: 'a', instance: 'one:80', job: 'shop' },
      { __name__: 'target_info', team: 'a', instance: 'one:80', job: 'shop', version: '1' },
    ]);
    expect((await post('series', { 'match[]': ['odd', 'latency'] })).body.data).toEqual([{ __name__: 'latency', team: 'a' }, { __name__: 'odd', team: 'a', 'http.method': 'GET' }]);
    expect(await data('labels', team)).toEqual(['__name__', 'instance', 'job', 'team', 'version']);
    expect((await post('labels', { 'match[]': 'odd' })).body.data).toEqual(['__name__', 'http.method', 'team']);
    expect(await data('label/__name__/values', team)).toEqual(['requests_total', 'target_info']);
    expect(await data('label/U__http_2e_method/values')).toEqual(['GET']);
    expect(await data('label/nothing/values')).toEqual([]);
    expect(await data('label/team/values', { start: '2030-01-01T00:00:00Z' })).toEqual([]);
  });

  it('is cut at the limit, with a warning', async () => {
    for (const [path, parameters] of [['series', { 'match[]': '{team=~".+"}' }], ['labels', {}], ['label/__name__/values', {}]] as const) {
      const { body } = await get(path, { ...parameters, limit: '2' });
      expect([body.data, body.warnings]).toEqual([expect.objectContaining({ length: 2 }), ['results truncated due to limit']]);
      expect((await get(path, { ...parameters, limit: '40000' })).body.warnings).toBeUndefined();
    }
  });

  it('is refused for selectors that cannot be read', async () => {
    expect(await refusal('series')).toEqual([400, 'bad_data', 'no match[] parameter provided']);
    expect(await refusal('series', { 'match[]': '{' })).toEqual([400, 'bad_data', 'invalid parameter "match[]": 1:2: parse error: unexpected end of input inside braces']);
    expect(await refusal('labels', { 'match[]': '{}' })).toEqual([400, 'bad_data', 'match[] must contain at least one non-empty matcher']);
    expect((await refusal('labels', { 'match[]': 'rate(up[1m])' }))[1]).toBe('bad_data');
    expect((await refusal('labels', { 'match[]': 'up offset 1m' }))[1]).toBe('bad_data');
  });

  it('comes with what is known of each metric', async () => {
    const requests = [{ type: 'counter', help: 'Requests "answered".', unit: '' }];
    expect(await data('metadata', { metric: 'requests_total' })).toEqual({ requests_total: requests });
    expect(Object.keys((await data('metadata', { limit: '1' })) as object)).toHaveLength(1);
    expect(await refusal('metadata', { limit: 'x' })).toEqual([400, 'bad_data', 'limit must be a number']);
  });

  it('comes with exemplars', async () => {
    const asked = { query: 'rate(requests_total{team="a"}[1m]) / 2', start: '0', end: '60' };
    const seriesLabels = { __name__: 'requests_total', team: 'a', instance: 'one:80', job: 'shop' };
    expect(await data('query_exemplars', asked)).toEqual([{ seriesLabels, exemplars: [{ labels: { trace_id: 'abc' }, value: '0.5', timestamp: 20.123 }] }]);
    expect(await data('query_exemplars', { ...asked, start: '30' })).toEqual([]);
    expect(await data('query_exemplars', { query: '1+1' })).toEqual([]);
    expect(await refusal('query_exemplars', { ...asked, query: 'up{' })).toEqual([400, 'bad_data', '1:4: parse error: unexpected end of input inside braces']);
  });

  it('is counted', async () => {
    const { headStats, seriesCountByMetricName } = (await data('status/tsdb', { limit: '1' })) as Record<string, unknown>;
    expect([headStats, seriesCountByMetricName]).toEqual([{ numSeries: 7, numLabelPairs: expect.any(Number) }, [{ name: 'requests_total', value: 2 }]]);
    expect(await refusal('status/tsdb', { limit: '0' })).toEqual([400, 'bad_data', 'limit must be a positive number']);
  });
});

describe('targets', () => {
  it('are listed by pool and state', async () => {
    const { activeTargets, droppedTargets, droppedTargetCounts } = (await data('targets')) as Record<string, unknown[]>;
    expect(activeTargets).toEqual([
      {
        ...{ discoveredLabels: { __address__: 'one:80' }, labels: { instance: 'one:80', job: 'shop', team: 'a' }, scrapePool: 'shop' },
        ...{ scrapeUrl: 'http://one:80/metrics', globalUrl: 'http://one:80/metrics', lastError: '', health: 'up' },
        ...{ lastErrorSince: null, samplesLastScrape: 12, lastScrape: '2025-01-02T03:04:05.678Z', lastScrapeDuration: 0.012, scrapeInterval: '1m30s', scrapeTimeout: '10s' },
      },
      expect.objectContaining({ scrapePool: 'secret', health: 'unknown', lastScrape: '0001-01-01T00:00:00Z' }),
    ]);
    expect([droppedTargets, droppedTargetCounts]).toEqual([[{ discoveredLabels: { __address__: 'secret:81' }, scrapePool: 'secret' }], { secret: 1 }]);
    expect(await data('targets', { state: 'dropped' })).toMatchObject({ activeTargets: [], droppedTargets: [{}] });
    expect(await data('targets', { state: 'active', scrapePool: 'shop' })).toMatchObject({ activeTargets: [{ scrapePool: 'shop' }], droppedTargets: [] });
    expect(await data('scrape_pools')).toEqual({ scrapePools: ['secret', 'shop'] });
  });

  it('say what their metrics are', async () => {
    const target = { instance: 'one:80', job: 'shop', team: 'a' };
    expect(await data('targets/metadata', { match_target: '{job="shop"}' })).toEqual([{ target, metric: 'shop_total', type: 'counter', help: 'shop', unit: '' }]);
    expect(await data('targets/metadata', { metric: 'shop_total' })).toEqual([{ target, type: 'counter', help: 'shop', unit: '' }]);
    expect((await refusal('targets/metadata', { match_target: '{job=~"s.*"}' }))[0]).toBe(400);
    expect((await refusal('targets/metadata', { match_target: `{job="${'x'.repeat(3_000)}"}` }))[0]).toBe(400);
  });
});

describe('what Grafana sends', () => {
  it('when somebody tests the data source', async () => {
    expect((await post('query', { query: '1+1', time: '4' })).body.data).toEqual({ resultType: 'scalar', result: [4, '2'] });
    const build = (await data('status/buildinfo')) as Record<string, string>;
    expect(build['version']).toMatch(/^3\.\d+\.\d+$/);
    expect(build).not.toHaveProperty('features');
  });

  it('when somebody opens the editor', async () => {
    expect(await data('rules')).toEqual({ groups: [] });
    expect(await data('alerts')).toEqual({ alerts: [] });
    expect(await data('rules', { type: 'alert', 'match[]': 'up' })).toEqual({ groups: [] });
    expect((await post('query_exemplars', { query: 'test', start: '1700000000', end: '1700000300.5' })).body.data).toEqual([]);
    expect(await data('metadata', { limit: '40000' })).toHaveProperty('requests_total');
    expect(await data('label/__name__/values', { start: '0', end: '300', limit: '40000' })).toContain('odd');
    expect((await post('labels', { 'match[]': '{__name__="odd"}', start: '0', end: '300', limit: '40000' })).body.data).toEqual(['__name__', 'http.method', 'team']);
    expect((await post('series', { 'match[]': '{__name__!=""}', start: '0', end: '300', limit: '40000' })).body.data).toHaveLength(7);
  });

  it('when a panel is drawn', async () => {
    const panel = { query: 'histogram_quantile(0.5, sum(rate(latency{team=~"a|b"}[1m0s])))', start: '60', end: '300', step: '15', timeout: '30s' };
    expect((await post('query_range', panel)).body.data).toMatchObject({ resultType: 'matrix' });
    expect((await post('query', { query: 'topk(5, requests_total)', time: '300.123' })).body.data).toMatchObject({ resultType: 'vector', result: [{ value: [300.123, '600'] }, {}] });
  });

  it('by a method that the route does not take: it tries again with GET when it reads 405', async () => {
    for (const path of ['label/job/values', 'metadata', 'rules', 'alerts', 'targets', 'status/buildinfo']) expect([path, (await post(path, {})).status]).toEqual([path, 405]);
    expect(await post('nothing', {})).toMatchObject({ status: 404, body: { errorType: 'not_found' } });
    expect(await get('status/nothing')).toMatchObject({ status: 404, body: { status: 'error', errorType: 'not_found' } });
  });
});

it('says how it is', async () => {
  for (const path of ['healthy', 'ready']) expect((await fetch(`${app.origin}/prometheus/-/${path}`)).status).toBe(200);
  expect(await data('status/flags')).toMatchObject({ 'query.timeout': '2m', 'query.max-concurrency': '20', 'storage.tsdb.retention.time': '15d' });
  expect(await data('status/runtimeinfo')).toMatchObject({ storageRetention: '15d', reloadConfigSuccess: true });
  expect(await data('format_query', { query: 'sum(rate(up[5m]))by(job)' })).toBe('sum by (job) (rate(up[5m]))');
});

describe('the guard', () => {
  const refused = async (reader: TestReader | null): Promise<unknown> => (await fetch(`${app.origin}/prometheus/api/v1/query?query=1`, reader === null ? {} : { headers: asReader(reader) })).json();

  it('answers in the envelope that clients of this API read', async () => {
    expect(await refused(null)).toEqual({ status: 'error', errorType: 'unauthorized', error: 'Sign in first: this needs a session or an API token.' });
    expect(await refused({ role: 'nothing', scope: [] })).toMatchObject({ status: 'error', errorType: 'forbidden' });
  });
});

describe('somebody who may read the series of one team', () => {
  const span = { start: '60', end: '300', step: '60' };
  const match = { 'match[]': ['{__name__=~".+"}', 'secret_total', '{team="b"}'] };
  /** Every route that tells of series, asked for all that it would tell. */
  const ROUTES: readonly (readonly [path: string, parameters: Parameters])[] = [
    ['query', { query: '{__name__=~".+"}', time: '300' }],
    ['query', { query: 'secret_total or requests_total{team="b"} or requests_total', time: '300' }],
    ['query', { query: 'max_over_time({team=~".*",__name__=~".+"}[5m:10s] @ 300)', time: '300' }],
    ['query', { query: 'info(requests_total)', time: '300' }],
    ['query', { query: 'info(requests_total, {secret_version=~".*", version=~".*"})', time: '300' }],
    ['query', { query: 'count_values("v", {__name__=~".+"} * 0 + 1) or sum by (secret_label) (secret_total)', time: '300' }],
    ['query', { query: 'requests_total{team!="a"} offset 1m', time: '300' }],
    ['query_range', { query: '{__name__=~".+"}', ...span }],
    ['query_exemplars', { query: '{__name__=~".+"}', start: '0', end: '300' }],
    ['series', match],
    ['labels', {}],
    ['labels', match],
    ['label/__name__/values', {}],
    ['label/__name__/values', match],
    ['label/secret_label/values', match],
    ['label/team/values', {}],
    ['metadata', {}],
    ['metadata', { metric: 'secret_total' }],
    ['status/tsdb', { limit: '1000' }],
    ['targets', {}],
    ['targets/metadata', {}],
    ['targets/metadata', { match_target: '{job="secret"}' }],
    ['scrape_pools', {}],
  ];

  it.each(ROUTES)('learns nothing of another team from %s %j', async (path, parameters) => {
    const { status, body } = await get(path, parameters, TEAM_A);
    expect(status).toBe(200);
    expect(JSON.stringify([body.data, body.warnings])).not.toMatch(/secret|"b"/);
  });

  it.each(ROUTES.filter(([path]) => path !== 'query' && path !== 'label/secret_label/values'))('is compared with a reader who is told more by %s %j', async (path, parameters) => {
    expect(JSON.stringify((await get(path, parameters)).body)).toMatch(/secret|"b"/);
  });

  it('still reads all of its own', async () => {
    expect(await data('query', { query: 'sum(requests_total)', time: '300' }, TEAM_A)).toMatchObject({ result: [{ value: [300, '300'] }] });
    expect(await data('query', { query: 'info(requests_total)', time: '300' }, TEAM_A)).toMatchObject({ result: [{ metric: { version: '1', instance: 'one:80' } }] });
    expect(await data('label/team/values', {}, TEAM_A)).toEqual(['a']);
    expect(await data('scrape_pools', {}, TEAM_A)).toEqual({ scrapePools: ['shop'] });
    expect(await data('status/tsdb', {}, TEAM_A)).toMatchObject({ headStats: { numSeries: 4 } });
  });
});
