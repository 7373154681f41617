import type { ScrapeClock } from '../scrape-clock.js';
import type { SampleSink, SampleBatch } from '../../metrics/sample-sink.js';
import type { ScrapeDraft, TargetIngest } from '../ingest/target-ingest.js';
import type { ExpositionSource, FetchedExposition } from './fetch-exposition.js';

/** What one scrape came to. */
export interface ScrapeOutcome {
  readonly up: boolean;
  /** Why the target is down, or what it gave could not be stored. */
  readonly problem: string | null;
  readonly durationMs: number;
  /** Lines with a sample. */
  readonly samples: number;
}

/** Whoever stops the scraping wants no more of it. */
class ScrapeAbandonedError extends Error {
  override readonly name = 'ScrapeAbandonedError';
}

class ScrapeTimeoutError extends Error {
  override readonly name = 'ScrapeTimeoutError';
}

export interface ScrapeParts {
  readonly source: ExpositionSource;
  readonly ingest: TargetIngest;
  readonly sink: SampleSink;
  readonly clock: ScrapeClock;
  readonly timeoutMs: number;
}

/** One scrape of one target at a time: ask, read, report, store. */
export class TargetScrape {
  private fetching: AbortController | null = null;

  constructor(private readonly parts: ScrapeParts) {}

  /** `forced`: why the target is not even to be asked. Null when the scrape was abandoned; it has left nothing then. */
  async run(timeMs: number, forced: string | null): Promise<ScrapeOutcome | null> {
    const { ingest, clock } = this.parts;
    const beganMs = clock.monotonicMs();
    const fetched: FetchedExposition | null = forced === null ? await this.fetchInTime() : { kind: 'failed', problem: forced, tooLarge: false };
    if (fetched === null) return null;
    const draft = fetched.kind === 'body' ? ingest.read(fetched.body, timeMs) : ingest.nothing(timeMs);
    const problem = fetched.kind === 'failed' ? fetched.problem : draft.problem;
    const durationMs = clock.monotonicMs() - beganMs;
    const batch = ingest.batchOf(draft, timeMs, { up: problem === null, durationSec: durationMs / 1_000, ...draft.counts, bodyBytes: bodyBytesOf(fetched) });
    const loss = await this.store(batch, draft);
    return { up: problem === null, problem: problem ?? loss, durationMs, samples: draft.counts.scraped };
  }

  abandon(): void {
    this.fetching?.abort(new ScrapeAbandonedError('abandoned'));
  }

  /** The end of all the target's series. Rejects when that cannot be stored. */
  async end(timeMs: number): Promise<void> {
    const batch = this.parts.ingest.lastBatch(timeMs);
    if (batch.series.length > 0) await this.parts.sink.append(batch);
  }

  private async fetchInTime(): Promise<FetchedExposition | null> {
    const { source, clock, timeoutMs } = this.parts;
    const fetching = new AbortController();
    this.fetching = fetching;
    const cancelTimeout = clock.after(timeoutMs, () => fetching.abort(new ScrapeTimeoutError(`scrape timeout: no complete answer within ${timeoutMs} ms`)));
    try {
      return await source.fetch(fetching.signal);
    } catch (error) {
      if (error instanceof ScrapeAbandonedError) return null;
      if (error instanceof ScrapeTimeoutError) return { kind: 'failed', problem: error.message, tooLarge: false };
      throw error;
    } finally {
      cancelTimeout();
      this.fetching = null;
    }
  }

  private async store(batch: SampleBatch, draft: ScrapeDraft): Promise<string | null> {
    try {
      await this.parts.sink.append(batch);
      this.parts.ingest.stored(draft);
      return null;
    } catch (error) {
      this.parts.ingest.notStored(draft);
      return `the samples were not stored: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
}

function bodyBytesOf(fetched: FetchedExposition): number {
  if (fetched.kind === 'body') return fetched.body.bytes.length;
  return fetched.tooLarge ? -1 : 0;
}
