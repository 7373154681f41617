import type { RelabelRule } from '#metrics';
import type { DiscoveryConfig } from '../discovery/discovery-config.js';
import type { HttpClientConfig } from './http-client-config.js';
import type { NameEscaping, ScrapeProtocol } from './scrape-protocols.js';

/** 0 is no limit, as in Prometheus. A scrape that breaks one fails as a whole. */
export interface ScrapeLimits {
  /** Of the answer, inflated. */
  readonly bodyBytes: number;
  /** Of one scrape, after metric relabelling. */
  readonly samples: number;
  readonly labels: number;
  readonly labelNameBytes: number;
  readonly labelValueBytes: number;
}

/** One entry of `scrape_configs`, with what it takes over from `global`. */
export interface ScrapeJob {
  readonly name: string;
  readonly intervalMs: number;
  /** At most `intervalMs`. */
  readonly timeoutMs: number;
  readonly scheme: 'http' | 'https';
  readonly metricsPath: string;
  readonly params: ReadonlyMap<string, readonly string[]>;
  readonly client: HttpClientConfig;
  readonly compression: boolean;
  readonly protocols: readonly ScrapeProtocol[];
  readonly fallbackProtocol: ScrapeProtocol | null;
  readonly escaping: NameEscaping;
  /** Refuse names that are not letters, digits, underscores and colons. */
  readonly legacyNames: boolean;
  readonly honorLabels: boolean;
  readonly honorTimestamps: boolean;
  readonly trackTimestampsStaleness: boolean;
  readonly extraMetrics: boolean;
  readonly limits: ScrapeLimits;
  /** 0 is no limit. */
  readonly targetLimit: number;
  readonly keepDroppedTargets: number;
  readonly targetRules: readonly RelabelRule[];
  readonly metricRules: readonly RelabelRule[];
  readonly discoveries: readonly DiscoveryConfig[];
}

export interface ScrapeConfig {
  readonly jobs: readonly ScrapeJob[];
  /** What of the file has no effect here, and why. */
  readonly notes: readonly string[];
}
