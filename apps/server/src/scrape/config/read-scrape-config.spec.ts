import { describe, expect, it } from 'vitest';
import { ScrapeConfigError } from './config-problem.js';
import { parseScrapeConfig } from './read-scrape-config.js';
import type { ScrapeJob } from './scrape-config.js';

const FILE = '/etc/prometheus/prometheus.yml';

async function firstJob(text: string): Promise<ScrapeJob> {
  const { jobs } = await parseScrapeConfig(FILE, text);
  return jobs[0]!;
}

async function problems(text: string): Promise<string[]> {
  const error = await parseScrapeConfig(FILE, text).then(() => null, (reason: unknown) => reason);
  if (!(error instanceof ScrapeConfigError)) throw new Error(`accepted, or failed otherwise: ${String(error)}`);
  return error.message.split('\n').map((line) => line.replace(`${FILE}:`, ''));
}

const job = (...options: string[]): string => `scrape_configs:\n  - job_name: a\n${options.map((option) => `    ${option}\n`).join('')}`;

describe('a scrape configuration', () => {
  it('has the defaults of Prometheus', async () => {
    expect(await firstJob(job())).toEqual({
      ...{ name: 'a', intervalMs: 60_000, timeoutMs: 10_000, scheme: 'http', metricsPath: '/metrics', params: new Map() },
      client: {
        authentication: { kind: 'none' },
        tls: { ca: null, cert: null, key: null, serverName: null, insecureSkipVerify: false, minVersion: null, maxVersion: null },
        ...{ followRedirects: true, headers: [] },
      },
      protocols: ['OpenMetricsText1.0.0', 'OpenMetricsText0.0.1', 'PrometheusText1.0.0', 'PrometheusText0.0.4'],
      ...{ compression: true, fallbackProtocol: null, escaping: 'allow-utf-8', legacyNames: false },
      ...{ honorLabels: false, honorTimestamps: true, trackTimestampsStaleness: false, extraMetrics: false },
      limits: { bodyBytes: 0, samples: 0, labels: 0, labelNameBytes: 0, labelValueBytes: 0 },
      ...{ targetLimit: 0, keepDroppedTargets: 0, targetRules: [], metricRules: [], discoveries: [] },
    });
  });

  it('takes over from global what a job does not say', async () => {
    const text = `global: {scrape_interval: 5s, sample_limit: 7, body_size_limit: 1KB, extra_scrape_metrics: yes, scrape_protocols: [PrometheusText0.0.4]}\n${job('sample_limit: 9')}`;
    expect(await firstJob(text)).toMatchObject({ intervalMs: 5_000, timeoutMs: 5_000, limits: { samples: 9, bodyBytes: 1_024 }, extraMetrics: true, protocols: ['PrometheusText0.0.4'] });
  });

  it('keeps a whole file of Prometheus usable, and says what has no effect', async () => {
    const text = `global:\n  evaluation_interval: 15s\n  external_labels: {site: eu}\nrule_files: [rules.yml]\nalerting:\n  alertmanagers: []\nremote_write: []\n${job('static_configs: [{targets: ["h:1"], labels: {port: 010, on: off}}]')}`;
    const { jobs, notes } = await parseScrapeConfig(FILE, text);
    expect(jobs[0]?.discoveries).toEqual([{ kind: 'static', groups: [{ targets: [new Map([['__address__', 'h:1']])], labels: new Map([['port', '010'], ['on', 'off']]) }] }]);
    expect(notes.map((note) => note.split(' ')[0])).toEqual(['rule_files', 'alerting', 'remote_write', 'global.evaluation_interval', 'global.external_labels']);
  });

  it('reads every discovery', async () => {
    const text = job('file_sd_configs: [{files: [sd/*.json]}]', 'http_sd_configs: [{url: "http://h/sd", refresh_interval: 5s}]', 'dns_sd_configs: [{names: [n], type: a, port: 80}, {names: [m]}]');
    expect((await firstJob(text)).discoveries).toMatchObject([
      { kind: 'file', patterns: ['/etc/prometheus/sd/*.json'], refreshMs: 300_000 },
      { kind: 'http', url: 'http://h/sd', refreshMs: 5_000 },
      { kind: 'dns', names: ['n'], type: 'A', port: 80, refreshMs: 30_000 },
      { kind: 'dns', names: ['m'], type: 'SRV', refreshMs: 30_000 },
    ]);
  });

  it('reads who sends and whom to trust, with files beside the configuration', async () => {
    const text = job('basic_auth: {username: u, password_file: pw}', 'tls_config: {ca_file: ca.pem, server_name: n, min_version: TLS13}', 'http_headers: {X-A: {values: [v], secrets: [s], files: [f]}}');
    const { client } = await firstJob(text);
    expect(client).toMatchObject({
      authentication: { kind: 'basic', username: { from: 'config' }, password: { from: 'file', path: '/etc/prometheus/pw' } },
      tls: { ca: { from: 'file', path: '/etc/prometheus/ca.pem' }, serverName: 'n', minVersion: 'TLSv1.3' },
      headers: [{ name: 'X-A', values: [{ from: 'config' }, { from: 'config' }, { from: 'file', path: '/etc/prometheus/f' }] }],
    });
    expect((await firstJob(job('bearer_token: t'))).client.authentication).toMatchObject({ kind: 'credentials', scheme: 'Bearer' });
    expect((await firstJob(job('authorization: {type: Token, credentials: t}'))).client.authentication).toMatchObject({ kind: 'credentials', scheme: 'Token' });
  });

  it('never shows a secret', async () => {
    const text = job('basic_auth: {username: HUSH, password: HUSH}', 'http_headers: {X-A: {secrets: [HUSH], values: [HUSH]}}', 'tls_config: {key: HUSH, cert: HUSH}');
    const read = await firstJob(text);
    expect(JSON.stringify(read)).not.toContain('HUSH');
    expect(JSON.stringify((await problems(job('basic_auth: {username: u, password: [HUSH]}', 'bearer_token: {a: HUSH}', 'authorization: HUSH'))))).not.toContain('HUSH');
  });

  it('checks relabelling rules', async () => {
    expect((await firstJob(job('relabel_configs: [{source_labels: [a], modulus: 4, target_label: b, action: hashmod}]'))).targetRules).toMatchObject([{ action: 'hashmod', modulus: 4 }]);
    expect(await problems(job('metric_relabel_configs:', '- target_label: b', '- action: hashmod', '  target_label: t'))).toEqual([
      '5:7: scrape_configs[0].metric_relabel_configs[1]: relabel configuration for hashmod requires non-zero modulus',
    ]);
  });

  it.each([
    ['scrape_timeout: 61s', '3:5: the scrape timeout of "a" is longer than its scrape interval'],
    ['scrape_interval: 0', '3:5: scrape_configs[0].scrape_interval: must be longer than 0'],
    ['scrape_interval: soon', '3:5: scrape_configs[0].scrape_interval: must be a duration like 15s or 1m30s'],
    ['body_size_limit: 5', '3:5: scrape_configs[0].body_size_limit: must be a size like 512MB, with its unit'],
    ['honor_labels: maybe', '3:5: scrape_configs[0].honor_labels: must be true or false'],
    ['scheme: ftp', '3:5: scrape_configs[0].scheme: must be http or https'],
    ['kubernetes_sd_configs: [{role: pod}]', '3:5: scrape_configs[0].kubernetes_sd_configs: is not supported: let a program'],
    ['oauth2: {client_id: a}', '3:5: scrape_configs[0].oauth2: is not supported: fetch the token'],
    ['proxy_url: "http://p"', '3:5: scrape_configs[0].proxy_url: is not supported: '],
    ['proxy_from_environment: true', '3:5: scrape_configs[0].proxy_from_environment: is not supported: '],
    ['scrape_native_histograms: true', '3:5: scrape_configs[0].scrape_native_histograms: is not supported: '],
    ['scrape_protocols: [PrometheusProto]', '3:24: scrape_configs[0].scrape_protocols[0]: is not supported: '],
    ['scrape_protocols: []', '3:5: scrape_configs[0].scrape_protocols: names at least one protocol'],
    ['metric_name_validation_scheme: ascii', '3:5: scrape_configs[0].metric_name_validation_scheme: must be utf8 or legacy'],
    ['basic_auth: {password: p, password_file: f}', '3:5: scrape_configs[0].basic_auth: at most one of password and password_file may be given'],
    ['tls_config: {cert_file: c}', '3:5: scrape_configs[0].tls_config: a client certificate needs both'],
    ['http_headers: {Authorization: {values: [a]}}', '3:20: scrape_configs[0].http_headers.Authorization: '],
    ['dns_sd_configs: [{names: [a], type: MX}]', '3:22: scrape_configs[0].dns_sd_configs[0].port: a port is needed'],
    ['file_sd_configs: [{files: [a.txt]}]', '3:32: scrape_configs[0].file_sd_configs[0].files[0]: must end in'],
    ['http_sd_configs: [{url: "ftp://h"}]', '3:24: scrape_configs[0].http_sd_configs[0].url: must be a URL'],
    ['no_such_option: 1', '3:5: scrape_configs[0]: there is no option "no_such_option"'],
  ])('refuses %s with its place', async (option, start) => {
    const [first, ...more] = await problems(job(option));
    expect(more).toEqual([]);
    expect(first?.slice(0, start.length)).toBe(start);
  });

  it('refuses both ways to authenticate, a job name twice, and what is no mapping', async () => {
    expect(await problems(job('bearer_token: a', 'authorization: {credentials: b}'))).toEqual(['3:5: scrape_configs[0].bearer_token: at most one of authorization and bearer_token may be given']);
    expect(await problems(`${job()}  - job_name: a\n`)).toEqual(['3:5: there are several scrape configurations with the job name "a"']);
    expect((await problems('[1]'))[0]).toMatch(/^1:1: /);
    expect((await problems('global: {scrape_interval: 5s, scrape_timeout: 6s}'))[0]).toBe('1:31: the scrape timeout is longer than the scrape interval');
  });
});
