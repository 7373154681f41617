import type { DiscoveryConfig } from '../discovery/discovery-config.js';
import { toHttpClientConfig } from './http-client-schema.js';
import type { ScrapeJob, ScrapeLimits } from './scrape-config.js';
import type { GlobalOptions, JobOptions } from './scrape-config-schema.js';
import { SCRAPE_PROTOCOLS } from './scrape-protocols.js';
import type { NameEscaping } from './scrape-protocols.js';

const INTERVAL_MS = 60_000;
const TIMEOUT_MS = 10_000;

/** What contradicts itself, at the option where to mend it. */
export interface OptionProblem {
  readonly option: string;
  readonly message: string;
}

export function intervalOf(job: JobOptions, global: GlobalOptions): number {
  return job.scrape_interval ?? global.scrape_interval ?? INTERVAL_MS;
}

export function globalProblems(global: GlobalOptions): OptionProblem[] {
  const timeoutMs = global.scrape_timeout ?? 0;
  return timeoutMs > (global.scrape_interval ?? INTERVAL_MS) ? [{ option: 'scrape_timeout', message: 'the scrape timeout is longer than the scrape interval' }] : [];
}

export function jobProblems(job: JobOptions, global: GlobalOptions): OptionProblem[] {
  const problems: OptionProblem[] = [];
  if ((job.scrape_timeout ?? 0) > intervalOf(job, global)) problems.push({ option: 'scrape_timeout', message: `the scrape timeout of ${JSON.stringify(job.job_name)} is longer than its scrape interval` });
  const { legacy, escaping } = namesOf(job, global);
  if (legacy && escaping === 'allow-utf-8') problems.push({ option: 'metric_name_escaping_scheme', message: 'allow-utf-8 asks for names that metric_name_validation_scheme legacy refuses' });
  return problems;
}

/** Takes from `global` what the job does not say. */
export function resolveJob(job: JobOptions, global: GlobalOptions): ScrapeJob {
  const intervalMs = intervalOf(job, global);
  const { legacy, escaping } = namesOf(job, global);
  return {
    name: job.job_name,
    intervalMs,
    timeoutMs: job.scrape_timeout ?? Math.min(global.scrape_timeout ?? TIMEOUT_MS, intervalMs),
    scheme: job.scheme,
    metricsPath: job.metrics_path,
    params: new Map(Object.entries(job.params)),
    client: toHttpClientConfig(job),
    compression: job.enable_compression,
    protocols: job.scrape_protocols ?? global.scrape_protocols ?? SCRAPE_PROTOCOLS,
    fallbackProtocol: job.fallback_scrape_protocol,
    escaping,
    legacyNames: legacy,
    honorLabels: job.honor_labels,
    honorTimestamps: job.honor_timestamps,
    trackTimestampsStaleness: job.track_timestamps_staleness,
    extraMetrics: job.extra_scrape_metrics ?? global.extra_scrape_metrics ?? false,
    limits: limitsOf(job, global),
    targetLimit: job.target_limit || global.target_limit,
    keepDroppedTargets: job.keep_dropped_targets || global.keep_dropped_targets,
    targetRules: job.relabel_configs,
    metricRules: job.metric_relabel_configs,
    discoveries: discoveriesOf(job),
  };
}

function limitsOf(job: JobOptions, global: GlobalOptions): ScrapeLimits {
  return {
    bodyBytes: job.body_size_limit || global.body_size_limit,
    samples: job.sample_limit || global.sample_limit,
    labels: job.label_limit || global.label_limit,
    labelNameBytes: job.label_name_length_limit || global.label_name_length_limit,
    labelValueBytes: job.label_value_length_limit || global.label_value_length_limit,
  };
}

function discoveriesOf(job: JobOptions): DiscoveryConfig[] {
  const fixed: DiscoveryConfig[] = job.static_configs.length > 0 ? [{ kind: 'static', groups: job.static_configs }] : [];
  return [...fixed, ...job.file_sd_configs, ...job.http_sd_configs, ...job.dns_sd_configs];
}

/** A job that is itself set to legacy names does not take over an escaping that would ask for others. */
function namesOf(job: JobOptions, global: GlobalOptions): { legacy: boolean; escaping: NameEscaping } {
  const legacy = job.metric_name_validation_scheme ?? global.metric_name_validation_scheme ?? false;
  const natural = legacy ? 'underscores' : 'allow-utf-8';
  const inherited = job.metric_name_validation_scheme === null ? global.metric_name_escaping_scheme : null;
  return { legacy, escaping: job.metric_name_escaping_scheme ?? inherited ?? natural };
}
