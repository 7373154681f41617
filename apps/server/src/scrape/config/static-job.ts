import { groupOfAddresses } from '../discovery/target-group.js';
import { Secret } from '../secret.js';
import { resolveJob } from './resolve-job.js';
import type { ScrapeJob } from './scrape-config.js';
import { globalSchema, scrapeJobSchema } from './scrape-config-schema.js';

/** A job that no file describes. */
export interface StaticJobSettings {
  readonly name: string;
  /** `host:port` of each. */
  readonly targets: readonly string[];
  readonly intervalMs: number;
  readonly metricsPath: string;
  readonly bearerToken: Secret | null;
  /** On every target. */
  readonly labels: ReadonlyMap<string, string>;
}

// As in Prometheus, where the interval leaves as much.
const TIMEOUT_MS = 10_000;

/** The job of these targets, with Prometheus' defaults for the rest. */
export function staticJob({ name, targets, intervalMs, metricsPath, bearerToken, labels }: StaticJobSettings): ScrapeJob {
  const job = resolveJob(scrapeJobSchema('/').parse({ job_name: name }), globalSchema.parse({}));
  return {
    ...job,
    intervalMs,
    timeoutMs: Math.min(TIMEOUT_MS, intervalMs),
    metricsPath,
    client: bearerToken === null ? job.client : { ...job.client, authentication: { kind: 'credentials', scheme: 'Bearer', credentials: { from: 'config', secret: bearerToken } } },
    discoveries: [{ kind: 'static', groups: [groupOfAddresses(targets, labels)] }],
  };
}
