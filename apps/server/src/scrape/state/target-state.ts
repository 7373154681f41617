import type { Labels } from '#metrics';
import type { DiscoveryStatus } from '../discovery/job-discoveries.js';
import type { ScrapePool } from '../loop/scrape-pool.js';
import type { LoopStatus, TargetLoop } from '../loop/target-loop.js';
import { globalUrl } from './global-url.js';
import type { OwnPlace } from './global-url.js';

/** A target that is scraped, in the terms of Prometheus' `/api/v1/targets`. */
export interface ActiveTarget {
  /** Before relabelling. */
  readonly discoveredLabels: Labels;
  readonly labels: Labels;
  readonly scrapePool: string;
  readonly scrapeUrl: string;
  readonly globalUrl: string;
  /** Empty when the last scrape was stored. */
  readonly lastError: string;
  /** When the first of the scrapes that have failed one after another since then began; null without an error. */
  readonly lastErrorSinceMs: number | null;
  /** Null before the first scrape. */
  readonly lastScrapeMs: number | null;
  readonly lastScrapeDurationSec: number;
  readonly samplesLastScrape: number;
  readonly health: LoopStatus['health'];
  readonly scrapeIntervalMs: number;
  readonly scrapeTimeoutMs: number;
}

/** A target that relabelling drops. */
export interface DroppedTarget {
  readonly discoveredLabels: Labels;
  readonly scrapePool: string;
}

/** A job as a whole. */
export interface ScrapePoolState {
  readonly name: string;
  readonly active: number;
  /** Of these the job may keep fewer. */
  readonly dropped: number;
  /** Targets that cannot be scraped as they are described, and why. */
  readonly unusable: readonly { readonly discoveredLabels: Labels; readonly problem: string }[];
  readonly discoveries: readonly DiscoveryStatus[];
}

export function activeTarget(scrapePool: string, { spec, status }: TargetLoop, own: OwnPlace): ActiveTarget {
  return {
    discoveredLabels: spec.discoveredLabels,
    labels: spec.labels,
    scrapePool,
    scrapeUrl: spec.url.href,
    globalUrl: globalUrl(spec.url, own),
    lastError: status.problem?.message ?? '',
    lastErrorSinceMs: status.problem?.sinceMs ?? null,
    lastScrapeMs: status.lastScrapeMs,
    lastScrapeDurationSec: status.lastDurationMs / 1_000,
    samplesLastScrape: status.lastSamples,
    health: status.health,
    scrapeIntervalMs: spec.intervalMs,
    scrapeTimeoutMs: spec.timeoutMs,
  };
}

export function poolState(name: string, { loops, found, discoveryStatuses: discoveries }: ScrapePool): ScrapePoolState {
  return { name, active: loops.length, dropped: found.droppedCount, unusable: found.unusable, discoveries };
}
