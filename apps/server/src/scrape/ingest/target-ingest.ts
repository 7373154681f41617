import type { ExpositionFormat, Labels } from '#metrics';
import type { ScrapeJob } from '../config/scrape-config.js';
import type { SampleBatch } from '../../metrics/sample-sink.js';
import { BatchBuilder } from './batch-builder.js';
import { BodyReader } from './body-reader.js';
import type { ReadingRules } from './body-reader.js';
import { LineCache } from './line-cache.js';
import type { ReadExposition } from './read-exposition.js';
import { ReportSeries } from './scrape-report.js';
import type { ExtraReport, ScrapeReport } from './scrape-report.js';
import { seriesLabeling } from './series-labels.js';
import type { TargetMemory } from './target-memory.js';
import type { TrackedSeries } from './tracked-series.js';

// Lines of scrapes that failed stay in the cache up to here, so that a target that is always a little over its limit does not cost more than one that is not.
const CACHE_SLACK_LINES = 1_000;

export interface ExpositionBody {
  readonly bytes: Uint8Array;
  readonly format: ExpositionFormat;
}

/** What a scrape comes to, before it is stored. */
export interface ScrapeDraft {
  readonly batch: BatchBuilder;
  /** Why nothing of the body is in the batch; null when all of it is. */
  readonly problem: string | null;
  readonly counts: Pick<ScrapeReport, 'scraped' | 'kept' | 'seriesAdded'>;
  /** The number of the scrape, 0 without a body, and what it read. */
  readonly scrape: number;
  readonly awaited: readonly TrackedSeries[];
  readonly families: BodyReader['families'];
}

export interface IngestedTarget {
  readonly id: string;
  readonly labels: Labels;
  readonly timeoutMs: number;
}

const NOTHING_READ = { counts: { scraped: 0, kept: 0, seriesAdded: 0 }, awaited: [], families: new Map() } as const;

/**
 * Turns the bodies of one target into batches, all of a body or nothing of it, and knows which series ended.
 *
 *     body -> draft -> (report is added) -> batch -> store -> settle
 */
export class TargetIngest {
  private readonly lines = new LineCache();
  private readonly rules: ReadingRules;
  private readonly report: ReportSeries;
  private goodLines = 0;

  constructor(
    private readonly target: IngestedTarget,
    job: ScrapeJob,
    private readonly memory: TargetMemory,
    private readonly readExposition: ReadExposition,
  ) {
    const { honorTimestamps, trackTimestampsStaleness, limits, legacyNames, metricRules } = job;
    this.rules = { labeling: seriesLabeling(target.labels, job.honorLabels, metricRules), relabels: metricRules.length > 0, honorTimestamps, trackTimestampsStaleness, limits, legacyNames };
    const extra: ExtraReport = job.extraMetrics ? { timeoutSec: target.timeoutMs / 1_000, sampleLimit: limits.samples } : null;
    this.report = new ReportSeries(target.labels, extra);
  }

  /** An empty body says nothing, which is no error: all series have ended. */
  read(body: ExpositionBody, timeMs: number): ScrapeDraft {
    const batch = new BatchBuilder();
    const scrape = this.memory.nextScrape();
    const reader = new BodyReader(this.rules, { scrape, timeMs, lines: this.lines, book: this.memory.book, batch });
    const { bytes, format } = body;
    const problem = bytes.length === 0 ? null : this.problemOf(() => this.readExposition(bytes, format, reader)) ?? reader.problem;
    const { scraped, kept, seriesAdded, families } = reader;
    this.forget(scrape, reader, problem === null);
    const counts = { scraped, kept, seriesAdded };
    if (problem !== null) return { ...this.nothing(timeMs), problem, counts };
    for (const series of this.memory.awaited) if (series.awaitedAfter !== scrape) batch.stale(series, timeMs);
    return { batch, problem, counts, scrape, awaited: reader.awaited, families };
  }

  /** What a scrape without a body comes to: the end of all series. */
  nothing(timeMs: number): ScrapeDraft {
    const batch = new BatchBuilder();
    for (const series of this.memory.awaited) batch.stale(series, timeMs);
    return { ...NOTHING_READ, batch, problem: null, scrape: 0 };
  }

  batchOf(draft: ScrapeDraft, timeMs: number, report: ScrapeReport): SampleBatch {
    this.report.write(draft.batch, timeMs, report);
    return draft.batch.build(this.memory.families.news(draft.families));
  }

  /** The end of everything, for a target that is scraped no more. */
  lastBatch(timeMs: number): SampleBatch {
    const { batch } = this.nothing(timeMs);
    this.report.end(batch, timeMs);
    return batch.build(new Map());
  }

  stored({ awaited, families, scrape }: ScrapeDraft): void {
    this.memory.awaited = awaited;
    if (families.size > 0) this.memory.families.learn(families, scrape);
  }

  /** What was to be stored has to be said again: markers are repeated, as long as there are not far more of them than series. */
  notStored({ awaited }: ScrapeDraft): void {
    const both = new Set([...this.memory.awaited, ...awaited]);
    this.memory.awaited = both.size > 2 * awaited.length + CACHE_SLACK_LINES && awaited.length > 0 ? awaited : [...both];
  }

  private problemOf(read: () => void): string | null {
    try {
      read();
      return null;
    } catch (error) {
      // Whatever went wrong: one target's body must not end the scraping of others.
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** Nothing is to be forgotten, and so nothing to be walked through, when the scrape had all that is known. */
  private forget(scrape: number, { linesSeen, seriesSeen }: BodyReader, good: boolean): void {
    const { lines } = this;
    const { book } = this.memory;
    if (good) this.goodLines = linesSeen;
    if (good && linesSeen === lines.size && seriesSeen === book.size) return;
    if (!good && lines.size <= 2 * this.goodLines + CACHE_SLACK_LINES) return;
    lines.forgetUnseenSince(good ? scrape - 1 : scrape);
    book.forgetUnseenSince(good ? scrape - 1 : scrape);
  }
}
