import type { ExposedSample, ExpositionReceiver, Labels, MetricMetadata } from '#metrics';
import type { ScrapeLimits } from '../config/scrape-config.js';
import type { BatchBuilder } from './batch-builder.js';
import { labelsProblem } from './label-limits.js';
import type { CachedLine, LineCache } from './line-cache.js';
import type { SeriesLabeling } from './series-labels.js';
import type { SeriesBook, TrackedSeries } from './tracked-series.js';

// As in Prometheus: a target whose clock is this wrong would write where nobody looks until then.
const MAX_AHEAD_MS = 10 * 60_000;
// The furthest moment that a Date can hold, which is more than any store keeps.
const MAX_TIME_MS = 8.64e15;

/** How a target's lines become samples. */
export interface ReadingRules {
  readonly labeling: SeriesLabeling;
  /** Whether `labeling` may drop a series. */
  readonly relabels: boolean;
  readonly honorTimestamps: boolean;
  readonly trackTimestampsStaleness: boolean;
  readonly limits: ScrapeLimits;
  readonly legacyNames: boolean;
}

/** What reading needs besides the rules: what earlier scrapes learned, and where samples go. */
export interface ReadingState {
  readonly scrape: number;
  readonly timeMs: number;
  readonly lines: LineCache;
  readonly book: SeriesBook;
  readonly batch: BatchBuilder;
}

/** The scrape breaks a rule and fails as a whole. */
class RefusedScrapeError extends Error {
  override readonly name = 'RefusedScrapeError';
}

/** Takes in one body. */
export class BodyReader implements ExpositionReceiver {
  /** Lines with a sample; of these `kept` are left after metric relabelling, `seriesAdded` of them of series not seen before. */
  scraped = 0;
  kept = 0;
  seriesAdded = 0;
  /** Different ones. */
  linesSeen = 0;
  seriesSeen = 0;
  readonly awaited: TrackedSeries[] = [];
  readonly families = new Map<string, MetricMetadata>();
  private samples = 0;

  constructor(
    private readonly rules: ReadingRules,
    private readonly state: ReadingState,
  ) {}

  /** Only to be asked at the end: lines are counted on behind a limit, so that it can be seen by how much it is too low. */
  get problem(): string | null {
    const { samples: limit } = this.rules.limits;
    return limit > 0 && this.samples > limit ? `sample limit exceeded (samples: ${this.kept}, limit: ${limit})` : null;
  }

  family(name: string, metadata: MetricMetadata): void {
    this.families.set(name, metadata);
  }

  sample(line: ExposedSample): void {
    this.scraped++;
    const cached = this.state.lines.find(line.keyLow, line.keyHigh);
    if (cached === null && this.problem !== null) return this.countOnly(line);
    const { series } = this.note(cached ?? this.learn(line));
    if (series === null) return;
    this.kept++;
    this.keep(line, series);
  }

  private note(cached: CachedLine): CachedLine {
    const { scrape } = this.state;
    if (cached.seenIn !== scrape) this.linesSeen++;
    cached.seenIn = scrape;
    if (cached.series !== null) {
      if (cached.series.seenIn !== scrape) this.seriesSeen++;
      cached.series.seenIn = scrape;
    }
    return cached;
  }

  private keep(line: ExposedSample, series: TrackedSeries): void {
    const { scrape, timeMs, batch } = this.state;
    const ownMs = this.rules.honorTimestamps ? line.timeMs : null;
    if (ownMs !== null && !(ownMs <= timeMs + MAX_AHEAD_MS && ownMs >= -MAX_TIME_MS)) return;
    // Of two samples for one moment the first counts.
    if (series.sampledIn === scrape && ownMs === null) return;
    if (series.sampledIn === 0) this.seriesAdded++;
    series.sampledIn = scrape;
    this.samples++;
    if (this.problem !== null) return;
    batch.float(series, ownMs ?? timeMs, line.value);
    if (ownMs === null || this.rules.trackTimestampsStaleness) this.await(series);
    if (line.exemplar !== null) batch.exemplar(series, line.exemplar.labels, line.exemplar.value, line.exemplar.timeMs ?? ownMs ?? timeMs);
  }

  private await(series: TrackedSeries): void {
    if (series.awaitedAfter === this.state.scrape) return;
    series.awaitedAfter = this.state.scrape;
    this.awaited.push(series);
  }

  private learn(line: ExposedSample): CachedLine {
    const { lines, book } = this.state;
    const labels = this.labelsOf(line);
    return lines.add({ keyLow: line.keyLow, keyHigh: line.keyHigh, series: labels === null ? null : book.of(labels), seenIn: 0 });
  }

  private labelsOf(line: ExposedSample): Labels | null {
    const labels = this.rules.labeling(line.labels());
    if (labels === null) return null;
    const problem = labelsProblem(labels, this.rules.limits, this.rules.legacyNames);
    if (problem !== null) throw new RefusedScrapeError(problem);
    return labels;
  }

  private countOnly(line: ExposedSample): void {
    if (!this.rules.relabels || this.rules.labeling(line.labels()) !== null) this.kept++;
  }
}
