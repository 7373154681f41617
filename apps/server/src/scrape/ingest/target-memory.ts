import { TargetFamilies } from './target-families.js';
import { SeriesBook } from './tracked-series.js';
import type { TrackedSeries } from './tracked-series.js';

/** What is known of a target whatever the rules by which it is scraped: a loop that follows another on the same target takes it over, so no series ends by that. */
export class TargetMemory {
  readonly book = new SeriesBook();
  readonly families = new TargetFamilies();
  /** Series that the next scrape is to bring, or else they have ended. */
  awaited: readonly TrackedSeries[] = [];
  private scrapes = 0;

  nextScrape(): number {
    return ++this.scrapes;
  }
}
