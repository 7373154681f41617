import type { MetricMetadata } from '#metrics';
import type { ActiveTarget, DroppedTarget, TargetsReader } from '../prometheus/targets-reader.js';
import type { ScrapeService } from './scrape.service.js';

/** What is scraped now, as Prometheus' API tells it. */
export class ScrapedTargets implements TargetsReader {
  constructor(private readonly scrape: ScrapeService) {}

  pools(): readonly string[] {
    return this.scrape.pools().map(({ name }) => name);
  }

  config(): { readonly valid: boolean; readonly appliedAt: Date } {
    return this.scrape.configState;
  }

  active(): readonly ActiveTarget[] {
    return this.scrape.activeTargets();
  }

  dropped(): readonly DroppedTarget[] {
    return this.scrape.droppedTargets();
  }

  droppedCounts(): ReadonlyMap<string, number> {
    return new Map(this.scrape.pools().map(({ name, dropped }) => [name, dropped]));
  }

  metadataOf({ labels }: ActiveTarget): ReadonlyMap<string, MetricMetadata> {
    return this.scrape.metadataOf(labels);
  }
}
