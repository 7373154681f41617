import { createHash } from 'node:crypto';
import { fingerprint } from '../config/fingerprint.js';
import type { ScrapeJob } from '../config/scrape-config.js';
import type { HttpClient } from '../http/http-client.js';
import { TargetIngest } from '../ingest/target-ingest.js';
import { TargetMemory } from '../ingest/target-memory.js';
import type { TargetSpec } from '../target/target-spec.js';
import { ExpositionSource } from './fetch-exposition.js';
import type { ScrapeWiring } from './scrape-wiring.js';
import { TargetLoop } from './target-loop.js';
import { TargetScrape } from './target-scrape.js';
import { TickGrid } from './tick-grid.js';

/** What the loops of one job share. */
export interface JobMeans {
  readonly job: ScrapeJob;
  readonly client: HttpClient;
  forced(): string | null;
}

/** A loop that has not started. `before`: the one on the same target that it is to follow, whose memory it takes over. */
export function makeLoop(wiring: ScrapeWiring, { job, client, forced }: JobMeans, spec: TargetSpec, before: TargetLoop | null): TargetLoop {
  const { clock, sink, readExposition, spreadSeed, scraped, warn } = wiring;
  const memory = before?.memory ?? new TargetMemory();
  const ingest = new TargetIngest(spec, job, memory, readExposition);
  const scrape = new TargetScrape({ source: new ExpositionSource(client, job, spec), ingest, sink, clock, timeoutMs: spec.timeoutMs });
  const grid = new TickGrid(spec.intervalMs, spreadOf(spec.id, spreadSeed));
  return new TargetLoop(spec, { scrape, memory, grid, clock, forced, scraped, warn });
}

/** Changes with whatever of a job makes a difference to a target that stays; the rest has its effect through the targets. */
export function recipeOf(job: ScrapeJob): string {
  const { client, compression, protocols, fallbackProtocol, escaping, legacyNames, honorLabels, honorTimestamps, trackTimestampsStaleness, extraMetrics, limits, metricRules } = job;
  return fingerprint({ client, compression, protocols, fallbackProtocol, escaping, legacyNames, honorLabels, honorTimestamps, trackTimestampsStaleness, extraMetrics, limits, metricRules });
}

function spreadOf(target: string, seed: string): number {
  return createHash('sha256').update(`${seed} ${target}`).digest().readUIntBE(0, 6);
}
