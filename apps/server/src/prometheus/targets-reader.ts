import type { Labels, MetricMetadata } from '#metrics';

/** Injects the TargetsReader. */
export const TARGETS_READER = Symbol('TARGETS_READER');

/** What Prometheus' API says of a target that is scraped. */
export interface ActiveTarget {
  /** Before relabelling. */
  readonly discoveredLabels: Labels;
  /** What every series of it carries. */
  readonly labels: Labels;
  /** Name of the job in the configuration. */
  readonly scrapePool: string;
  readonly scrapeUrl: string;
  /** As seen from another machine. */
  readonly globalUrl: string;
  /** Empty when the last scrape was good, or none was made. */
  readonly lastError: string;
  /** Since when scrapes have failed one after another; null without an error. */
  readonly lastErrorSinceMs: number | null;
  readonly samplesLastScrape: number;
  /** Null before the first scrape. */
  readonly lastScrapeMs: number | null;
  readonly lastScrapeDurationSec: number;
  readonly health: 'up' | 'down' | 'unknown';
  readonly scrapeIntervalMs: number;
  readonly scrapeTimeoutMs: number;
}

export interface DroppedTarget {
  readonly discoveredLabels: Labels;
  readonly scrapePool: string;
}

/** What is scraped now. Everything is in memory: nothing here waits. */
export interface TargetsReader {
  /** Every job, also without targets. */
  pools(): readonly string[];
  /** Whether the last configuration that was read is valid, and since when the one in force has been. */
  config(): { readonly valid: boolean; readonly appliedAt: Date };
  active(): readonly ActiveTarget[];
  /** Those that relabelling drops; perhaps not all of them, when there are very many. */
  dropped(): readonly DroppedTarget[];
  /** By pool, all of them. */
  droppedCounts(): ReadonlyMap<string, number>;
  /** By metric family, what the target's last exposition said. */
  metadataOf(target: ActiveTarget): ReadonlyMap<string, MetricMetadata>;
}
