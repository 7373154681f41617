import type { Label, Labels, MetricMetadata } from '#metrics';
import { formatDuration } from '../scrape/config/duration.js';
import type { ActiveTarget, DroppedTarget } from './targets-reader.js';

type LabelObject = Readonly<Record<string, string>>;

// How Go writes that there was none.
const NEVER = '0001-01-01T00:00:00Z';

export interface ActiveTargetView {
  readonly discoveredLabels: LabelObject;
  readonly labels: LabelObject;
  readonly scrapePool: string;
  readonly scrapeUrl: string;
  readonly globalUrl: string;
  readonly lastError: string;
  /** More than Prometheus says: since when scrapes have failed, and what the last one brought. */
  readonly lastErrorSince: string | null;
  readonly samplesLastScrape: number;
  readonly lastScrape: string;
  readonly lastScrapeDuration: number;
  readonly health: ActiveTarget['health'];
  readonly scrapeInterval: string;
  readonly scrapeTimeout: string;
}
export interface DroppedTargetView {
  readonly discoveredLabels: LabelObject;
  readonly scrapePool: string;
}
export interface TargetsView {
  readonly activeTargets: readonly ActiveTargetView[];
  readonly droppedTargets: readonly DroppedTargetView[];
  readonly droppedTargetCounts: Readonly<Record<string, number>>;
}
export interface TargetMetadataView extends MetricMetadata {
  readonly target: LabelObject;
  /** Left out when it was asked for. */
  readonly metric?: string;
}

export function activeTargetView(target: ActiveTarget): ActiveTargetView {
  const { discoveredLabels, labels, scrapePool, scrapeUrl, globalUrl, lastError, lastErrorSinceMs, samplesLastScrape, lastScrapeMs, lastScrapeDurationSec, health, scrapeIntervalMs, scrapeTimeoutMs } = target;
  return {
    discoveredLabels: labelObject(discoveredLabels),
    labels: labelObject(labels),
    scrapePool,
    scrapeUrl,
    globalUrl,
    lastError,
    lastErrorSince: lastErrorSinceMs === null ? null : new Date(lastErrorSinceMs).toISOString(),
    samplesLastScrape,
    lastScrape: lastScrapeMs === null ? NEVER : new Date(lastScrapeMs).toISOString(),
    lastScrapeDuration: lastScrapeDurationSec,
    health,
    scrapeInterval: formatDuration(scrapeIntervalMs),
    scrapeTimeout: formatDuration(scrapeTimeoutMs),
  };
}

export function droppedTargetView({ discoveredLabels, scrapePool }: DroppedTarget): DroppedTargetView {
  return { discoveredLabels: labelObject(discoveredLabels), scrapePool };
}

export function labelObject(labels: Labels): LabelObject {
  return Object.fromEntries(labels.map(({ name, value }: Label) => [name, value]));
}
