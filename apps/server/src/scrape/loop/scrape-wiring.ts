import type { DiscoveryMeans } from '../discovery/create-discovery.js';
import type { ReadExposition } from '../ingest/read-exposition.js';
import type { SampleSink } from '../../metrics/sample-sink.js';
import type { ScrapeOutcome } from './target-scrape.js';

/** What scraping needs from outside: network, time, a store. */
export interface ScrapeWiring extends DiscoveryMeans {
  readonly sink: SampleSink;
  readonly readExposition: ReadExposition;
  /** Belongs to this server, so that several of them ask the same target at different times. */
  readonly spreadSeed: string;
  scraped(outcome: ScrapeOutcome): void;
  warn(message: string): void;
}
