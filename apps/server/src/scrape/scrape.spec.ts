import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StartError } from '../config/start-error.js';
import { staticJob } from './config/static-job.js';
import { NodeHttpClient } from './http/node-http-client.js';
import { TestTarget } from './http/test-target.fixture.js';
import { TEST_CERTIFICATE } from './http/tls.fixture.js';
import { expositionReader } from './ingest/read-exposition.js';
import { exposedOf, MemorySink, samplesOf, seriesText } from '../metrics/sample-sink.fixture.js';
import { FakeClock, settled } from './scrape-clock.fixture.js';
import { ScrapeService } from './scrape.service.js';
import { Secret } from './secret.js';

const INTERVAL_MS = 60_000;

/** Real servers, files and connections; only time is made up. */
class Stage {
  readonly clock = new FakeClock();
  readonly sink = new MemorySink();
  readonly warnings: string[] = [];
  readonly service: ScrapeService;
  readonly configPath: string;

  constructor(
    readonly folder: string,
    readonly target: TestTarget,
  ) {
    this.configPath = join(folder, 'prometheus.yml');
    this.service = new ScrapeService(
      { configPath: this.configPath, origin: 'https://faultline.example', port: 1 },
      {
        ...{ clock: this.clock, sink: this.sink, spreadSeed: '', readExposition: expositionReader(), dns: () => Promise.resolve([]) },
        httpClient: (config) => new NodeHttpClient(config),
        scraped: () => undefined,
        warn: (message) => this.warnings.push(message),
      },
    );
  }

  /** One job `j` with the target and these options. */
  async configure(options = '', targets = `'${this.target.address}'`): Promise<void> {
    await writeFile(this.configPath, `scrape_configs:\n  - job_name: j\n    static_configs: [{targets: [${targets}], labels: {site: eu}}]\n${options.replace(/^/gm, '    ')}\n`);
  }

  async start(options = ''): Promise<void> {
    await this.configure(options);
    await this.service.onApplicationBootstrap();
  }

  /** On to the next scrape, and to what comes of it: the target's samples, without the labels it gets from its job. */
  async scrape(): Promise<string[]> {
    const before = this.sink.batches.length;
    await this.clock.toNext();
    await this.sink.has(before + 1);
    await settled();
    return this.told();
  }

  told(): string[] {
    const own = new RegExp(`instance="${this.target.address}",job="j",?|site="eu",?`, 'g');
    return exposedOf(this.sink.last).map((sample) => sample.replace(own, '').replace(',}', '}').replace('{}', '').replace(/ @\d+$/, ''));
  }

  report(name: string): string {
    return samplesOf(this.sink.last).find((sample) => sample.startsWith(name))!.split(' ').at(-2)!;
  }

  get error(): string {
    return this.service.activeTargets()[0]!.lastError;
  }
}

let stage: Stage;
beforeEach(async () => {
  stage = new Stage(await mkdtemp(join(tmpdir(), 'faultline-scrape-')), await TestTarget.open());
});
afterEach(async () => {
  await stage.service.beforeApplicationShutdown();
  await stage.target.close();
  await rm(stage.folder, { recursive: true });
});

/** What a target gives that must leave nothing but `up` 0 and ended series. */
async function expectRefused(error: string | RegExp): Promise<void> {
  const before = stage.sink.batches.length;
  expect((await stage.scrape()).filter((sample) => !sample.endsWith('stale'))).toEqual([]);
  expect([stage.sink.batches.length, stage.report('up')]).toEqual([before + 1, '0']);
  expect(stage.error).toMatch(error);
}

describe('a scrape', () => {
  it('asks as Prometheus does', async () => {
    stage.target.says('a 1\n');
    await stage.start('metrics_path: /m\nparams: {x: [1, 2]}');
    await stage.scrape();
    const [request] = stage.target.requests;
    expect([request?.method, request?.url]).toEqual(['GET', '/m?x=1&x=2']);
    expect(request?.headers).toMatchObject({ 'accept-encoding': 'gzip', 'x-prometheus-scrape-timeout-seconds': '10', host: stage.target.address });
    expect(request?.headers.accept).toMatch(/^application\/openmetrics-text;version=1\.0\.0;escaping=allow-utf-8;q=0\.6,.*\*\/\*;q=0\.2$/);
  });

  it('keeps one connection', async () => {
    stage.target.says('a 1\n');
    await stage.start();
    for (let i = 0; i < 3; i++) await stage.scrape();
    expect(new Set(stage.target.requests.map(({ socket }) => socket.remotePort)).size).toBe(1);
  });

  it('labels what it finds, and says how it went', async () => {
    stage.target.says('a{x="1",job="own"} 1\n{"b.c"} +Inf\n');
    await stage.start();
    expect(await stage.scrape()).toEqual(['a{exported_job="own",x="1"} 1', 'b.c Infinity']);
    expect(seriesText(stage.sink.last.series[0]!.labels)).toBe(`a{exported_job="own",instance="${stage.target.address}",job="j",site="eu",x="1"}`);
    expect(['up', 'scrape_samples_scraped', 'scrape_samples_post_metric_relabeling', 'scrape_series_added'].map((name) => stage.report(name))).toEqual(['1', '2', '2', '2']);
  });

  it('honours labels where it is told to', async () => {
    stage.target.says('a{job="own",site=""} 1\n');
    await stage.start('honor_labels: true');
    await stage.scrape();
    expect(seriesText(stage.sink.last.series[0]!.labels)).toBe(`a{instance="${stage.target.address}",job="own",site="eu"}`);
  });

  it('drops and rewrites by its rules', async () => {
    stage.target.says('keep_1 1\ndrop_1 2\n');
    await stage.start('metric_relabel_configs:\n  - {action: drop, source_labels: [__name__], regex: drop_.*}\n  - {source_labels: [__name__], regex: keep_(.*), target_label: n}');
    expect(await stage.scrape()).toEqual(['keep_1{n="1"} 1']);
    expect([stage.report('scrape_samples_scraped'), stage.report('scrape_samples_post_metric_relabeling')]).toEqual(['2', '1']);
  });

  it('reads OpenMetrics with exemplars and families', async () => {
    stage.target.says('# TYPE a counter\n# HELP a Words.\na_total 1 # {trace_id="x"} 0.5 1.25\n# EOF\n', 'application/openmetrics-text; version=1.0.0; charset=utf-8');
    await stage.start();
    expect(await stage.scrape()).toEqual(['a_total 1']);
    expect(stage.sink.last.exemplars).toMatchObject([{ labels: [{ name: 'trace_id', value: 'x' }], value: 0.5, timeMs: 1_250 }]);
    expect(stage.sink.last.exemplars[0]?.series).toBe(stage.sink.last.series[0]);
    expect([...stage.service.metadataOf(stage.service.activeTargets()[0]!.labels)]).toEqual([['a', { type: 'counter', help: 'Words.', unit: '' }]]);
  });

  it('inflates what is packed', async () => {
    stage.target.says((answer) => answer.writeHead(200, { 'content-type': 'text/plain', 'content-encoding': 'gzip' }).end(gzipSync('a 1\n')));
    await stage.start();
    expect(await stage.scrape()).toEqual(['a 1']);
  });

  it('proves who it is, to the target and to nobody else', async () => {
    const other = await TestTarget.open();
    other.says('a 1\n');
    stage.target.says((answer) => answer.writeHead(302, { location: `http://${other.address}/x` }).end());
    await writeFile(join(stage.folder, 'password'), 'p:w\n');
    await stage.start('basic_auth: {username: u, password_file: password}');
    expect(await stage.scrape()).toEqual(['a 1']);
    expect(stage.target.requests[0]?.headers.authorization).toBe(`Basic ${Buffer.from('u:p:w').toString('base64')}`);
    expect(other.requests[0]?.headers.authorization).toBeUndefined();
    await other.close();
  });

  it('sends a bearer token', async () => {
    stage.target.says('a 1\n');
    await stage.start('authorization: {credentials: abc}');
    await stage.scrape();
    expect(stage.target.requests[0]?.headers.authorization).toBe('Bearer abc');
  });

  it('checks whom it talks to over TLS', async () => {
    const secure = await TestTarget.open({ secure: true });
    secure.says('a 1\n');
    await writeFile(join(stage.folder, 'ca.pem'), TEST_CERTIFICATE);
    const configure = (tls: string): Promise<void> => stage.configure(`scheme: https\ntls_config: {${tls}}`, `'${secure.address}'`);
    const errors: string[] = [];
    await configure('');
    await stage.service.onApplicationBootstrap();
    for (const tls of ['', 'ca_file: ca.pem', 'ca_file: ca.pem, server_name: targets.test', 'insecure_skip_verify: true', 'ca_file: none.pem']) {
      await configure(tls);
      await stage.service.reload();
      await stage.scrape();
      errors.push(stage.error);
    }
    expect(errors).toEqual([expect.stringContaining('self-signed'), expect.stringContaining('127.0.0.1'), '', '', expect.stringMatching(/none\.pem cannot be read: ENOENT$/)]);
    await secure.close();
  });
});

describe('series', () => {
  it('end when the target no longer has them', async () => {
    stage.target.says('a 1\nb 1\n');
    await stage.start();
    await stage.scrape();
    stage.target.says('b 2\n');
    expect(await stage.scrape()).toEqual(['b 2', 'a stale']);
  });

  it('end when the target is too slow', async () => {
    stage.target.says('a 1\n');
    await stage.start('scrape_timeout: 1s');
    await stage.scrape();
    stage.target.says((answer) => answer.writeHead(200, { 'content-type': 'text/plain' }).write('a 1\n'));
    await stage.clock.toNext();
    expect([await stage.scrape(), stage.report('up'), stage.error]).toEqual([['a stale'], '0', 'scrape timeout: no complete answer within 1000 ms']);
    stage.target.says('a 2\n');
    expect([await stage.scrape(), stage.report('up'), stage.error]).toEqual([['a 2'], '1', '']);
  });

  it('end when the target is taken away', async () => {
    stage.target.says('a 1\n');
    await stage.start();
    await stage.scrape();
    await stage.configure('', '');
    await stage.service.reload();
    expect(stage.service.activeTargets()).toEqual([]);
    await stage.clock.advance(3 * INTERVAL_MS);
    expect(samplesOf(stage.sink.last).map((sample) => sample.split(' ')[1])).toEqual(['stale', 'stale', 'stale', 'stale', 'stale', 'stale']);
  });

  it('end when the server does', async () => {
    stage.target.says('a 1\n');
    await stage.start();
    await stage.scrape();
    const lastMs = stage.sink.last.timesMs[0]!;
    await stage.service.beforeApplicationShutdown();
    expect(stage.told()).toEqual(['a stale']);
    expect(stage.sink.last.timesMs[0]).toBe(lastMs + 1);
    expect(stage.clock.pending).toBe(0);
  });
});

describe('nothing is kept of', () => {
  beforeEach(() => stage.target.says('old 1\n'));

  it.each([
    ['a line that is none', 'a 1\nb\n', 'text/plain', '', /^Line 2, column 2: /],
    ['OpenMetrics without its end', 'a 1\n', 'application/openmetrics-text', '', /Line 2/],
    ['a body that is no UTF-8', Buffer.from([...Buffer.from('a 1\nb{x="'), 0xff, ...Buffer.from('"} 1\n')]), 'text/plain', '', /Line 2/],
    ['thousands of labels', `a 1\nb{${Array.from({ length: 2_000 }, (_, i) => `l${i}="1"`).join(',')}} 1\n`, 'text/plain', '', 'expected at most 1000 labels'],
    ['too many samples', 'a 1\nb 1\nc 1\n', 'text/plain', 'sample_limit: 2', 'sample limit exceeded (samples: 3, limit: 2)'],
    ['too many labels', 'a 1\nb{x="1",y="2"} 1\n', 'text/plain', 'label_limit: 5', 'label_limit exceeded (metric: b, number of labels: 6, limit: 5)'],
    ['long label names', 'a 1\nb{long_name="1"} 1\n', 'text/plain', 'label_name_length_limit: 8', 'label_name_length_limit exceeded'],
    ['long label values', 'a 1\nb{x="1234567890123456789012345"} 1\n', 'text/plain', 'label_value_length_limit: 24', 'label_value_length_limit exceeded'],
    ['a long body', 'a 1\nb 1\n', 'text/plain', 'body_size_limit: 7B', 'body size limit exceeded: more than 7 bytes'],
    ['what is no exposition', '<html>', 'text/html', '', 'the Content-Type "text/html" is none that can be read'],
    ['a million labels', `a 1\nb{${'l="1",'.repeat(1_000_000)}} 1\n`, 'text/plain', '', 'Line 2, column 1: expected a line of at most 1048576 bytes'],
  ])('%s', async (_, body, type, options, error) => {
    await stage.start(options);
    await stage.scrape();
    stage.target.says((answer) => answer.setHeader('content-type', type).end(body));
    await expectRefused(error);
    expect(stage.told()).toEqual(['old stale']);
    stage.target.says('old 2\n');
    expect(await stage.scrape()).toEqual(['old 2']);
  });

  it.each([
    ['a status that is not 200', 503, {}, 'a 1\n', 'server returned HTTP status 503 Service Unavailable'],
    ['an encoding that nobody asked for', 200, { 'content-encoding': 'br' }, 'a 1\n', 'encoded as "br"'],
    ['a body that only says that it is packed', 200, { 'content-encoding': 'gzip' }, 'a 1\n', 'incorrect header check'],
    ['a packed body that is cut', 200, { 'content-encoding': 'gzip' }, gzipSync('a 1\n').subarray(0, -5), 'unexpected end of file'],
    ['a redirect that leads nowhere', 302, { location: 'file:///etc/passwd' }, '', 'redirected to a place that is no plain http or https URL'],
    ['a redirect with a password', 302, { location: 'http://u:p@127.0.0.1/' }, '', 'redirected to a place that is no plain http or https URL'],
  ])('%s', async (_, status, headers, body, error) => {
    stage.target.says((answer) => answer.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(body));
    await stage.start();
    await expectRefused(error);
  });

  it('a redirect when redirects are not to be followed', async () => {
    stage.target.says((answer) => answer.writeHead(302, { location: '/there' }).end());
    await stage.start('follow_redirects: false');
    await expectRefused('server returned HTTP status 302 Found');
    expect(stage.target.requests).toHaveLength(1);
  });

  it('a target that is not there', async () => {
    const gone = await TestTarget.open();
    await stage.configure('', `'${gone.address}'`);
    await gone.close();
    await stage.service.onApplicationBootstrap();
    await expectRefused('ECONNREFUSED');
  });
});

describe('a hostile target', () => {
  it('with a small body that inflates to a huge one is cut off at the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(16 * 1_024 * 1_024, 'a 1\n'));
    stage.target.says((answer) => answer.writeHead(200, { 'content-type': 'text/plain', 'content-encoding': 'gzip' }).end(bomb));
    await stage.start('body_size_limit: 1MB\nextra_scrape_metrics: true');
    await expectRefused('body size limit exceeded: more than 1048576 bytes');
    expect(stage.report('scrape_body_size_bytes')).toBe('-1');
  });

  it('whose body does not end is cut off at the limit', async () => {
    const cutOff = new Promise<void>((resolve) => {
      stage.target.says((answer) => {
        const more = (): void => {
          while (!answer.destroyed && answer.write('a 1\n'.repeat(10_000)));
        };
        answer.writeHead(200, { 'content-type': 'text/plain' }).on('drain', more).on('close', resolve);
        more();
      });
    });
    await stage.start('body_size_limit: 1MB');
    await expectRefused('body size limit exceeded: more than 1048576 bytes');
    await cutOff;
  });

  it('whose headers do not end is refused', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined).write('HTTP/1.1 200 OK\r\n');
      const more = (): void => {
        while (!socket.destroyed && socket.write(`x: ${'y'.repeat(1_000)}\r\n`));
      };
      socket.on('drain', more);
      more();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await stage.configure('', `'127.0.0.1:${(server.address() as AddressInfo).port}'`);
    await stage.service.onApplicationBootstrap();
    await expectRefused('Header overflow');
    server.close();
  });

  it('that redirects in a circle is left', async () => {
    stage.target.says((answer) => answer.writeHead(302, { location: '/again' }).end());
    await stage.start();
    await expectRefused('stopped after 10 redirects');
    expect(stage.target.requests).toHaveLength(11);
  });

  it('that switches protocols, or hangs up, is refused', async () => {
    await stage.start();
    stage.target.says((answer) => answer.socket?.end('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'));
    await expectRefused('the connection was closed without an answer');
    stage.target.says((answer) => answer.socket?.destroy());
    await expectRefused('socket hang up');
    stage.target.says((answer) => {
      answer.writeHead(200, { 'content-type': 'text/plain', 'content-length': '100' }).write('a 1\n');
      setImmediate(() => answer.socket?.destroy());
    });
    await expectRefused('aborted');
  });

  it('that has other series in each scrape does not fill the memory', async () => {
    await stage.start();
    for (let round = 0; round < 5; round++) {
      stage.target.says(Array.from({ length: 1_000 }, (_, i) => `a{x="${round}.${i}"} 1\n`).join(''));
      expect(await stage.scrape()).toHaveLength(round === 0 ? 1_000 : 2_000);
    }
  });
});

describe('the state of it all', () => {
  it('has what the targets page needs', async () => {
    stage.target.says('a 1\nb 2\n');
    await stage.start('scrape_timeout: 2500ms\nrelabel_configs: [{source_labels: [site], target_label: place}]');
    expect(stage.service.activeTargets()[0]).toMatchObject({ health: 'unknown', lastScrapeMs: null, lastError: '', lastErrorSinceMs: null });
    await stage.scrape();
    const { discoveredLabels, labels, ...rest } = stage.service.activeTargets()[0]!;
    const text = (set: typeof labels): unknown => Object.fromEntries(set.map(({ name, value }) => [name, value]));
    expect(text(labels)).toEqual({ instance: stage.target.address, job: 'j', site: 'eu', place: 'eu' });
    expect(text(discoveredLabels)).toEqual({ __address__: stage.target.address, __metrics_path__: '/metrics', __scheme__: 'http', __scrape_interval__: '1m', __scrape_timeout__: '2s500ms', job: 'j', site: 'eu' });
    expect(rest).toEqual({
      ...{ scrapePool: 'j', scrapeUrl: `http://${stage.target.address}/metrics`, globalUrl: `http://faultline.example:${stage.target.address.split(':')[1]}/metrics` },
      ...{ lastError: '', lastErrorSinceMs: null, lastScrapeMs: stage.sink.last.timesMs[0], lastScrapeDurationSec: 0, samplesLastScrape: 2, health: 'up' },
      ...{ scrapeIntervalMs: 60_000, scrapeTimeoutMs: 2_500 },
    });
    expect(stage.service.servedTargets()).toEqual([{ targets: [stage.target.address], labels: { job: 'j', place: 'eu', site: 'eu', __scheme__: 'http', __metrics_path__: '/metrics' } }]);
  });

  it('has what was dropped, and what became of each job', async () => {
    await stage.start('relabel_configs: [{action: drop, source_labels: [site]}]');
    expect(stage.service.droppedTargets()).toMatchObject([{ scrapePool: 'j' }]);
    expect(stage.service.pools()).toEqual([{ name: 'j', active: 0, dropped: 1, unusable: [], discoveries: [{ kind: 'static', problem: null }] }]);
  });
});

describe('the jobs', () => {
  const own = (name: string) => staticJob({ name, targets: [stage.target.address], intervalMs: 15_000, metricsPath: '/own', bearerToken: new Secret('t'), labels: new Map([['x', '1']]) });

  it('of the server itself are there beside those of the file, which go before', async () => {
    stage.service.setStaticJobs([own('own'), own('j')]);
    expect(stage.service.activeTargets()).toEqual([]);
    await stage.start();
    expect(stage.service.activeTargets().map(({ scrapePool, scrapeUrl, scrapeIntervalMs }) => [scrapePool, new URL(scrapeUrl).pathname, scrapeIntervalMs])).toEqual([
      ['j', '/metrics', 60_000],
      ['own', '/own', 15_000],
    ]);
    stage.service.setStaticJobs([]);
    expect(stage.service.pools().map(({ name }) => name)).toEqual(['j']);
  });

  it('stop the start when the file is wrong, and stay as they are when that comes later', async () => {
    const wrong = 'kubernetes_sd_configs: [{role: pod}]';
    await expect(stage.start(wrong)).rejects.toThrow(StartError);
    await expect(stage.start(wrong)).rejects.toThrow(/prometheus\.yml:4:5: scrape_configs\[0\]\.kubernetes_sd_configs: is not supported/);
    await stage.start();
    await stage.configure(wrong);
    await expect(stage.service.reload()).rejects.toThrow('kubernetes_sd_configs');
    expect(stage.service.pools()).toHaveLength(1);
  });
});
