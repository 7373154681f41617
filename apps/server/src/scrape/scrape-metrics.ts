import { Counter } from 'prom-client';
import type { ScrapeOutcome } from './loop/target-scrape.js';

const scrapes = new Counter<'result'>({
  name: 'faultline_scrapes_total',
  help: 'Scrapes of targets: stored, down (of which the failure is stored), or lost because the store did not take them.',
  labelNames: ['result'],
  registers: [],
});
const scrapedSamples = new Counter({ name: 'faultline_scraped_samples_total', help: 'Samples that targets exposed.', registers: [] });

/** All of the above; ScrapeModule adds them to the server's registry. */
export const SCRAPE_METRICS = [scrapes, scrapedSamples];

export function countScrape({ up, problem, samples }: ScrapeOutcome): void {
  if (!up) scrapes.inc({ result: 'down' });
  else scrapes.inc({ result: problem === null ? 'stored' : 'lost' });
  scrapedSamples.inc(samples);
}
