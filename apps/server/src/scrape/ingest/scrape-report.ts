import { labelsFromPairs, METRIC_NAME } from '#metrics';
import type { Labels } from '#metrics';
import type { BatchBuilder } from './batch-builder.js';
import { TrackedSeries } from './tracked-series.js';

/** What is said of every scrape, failed or not, in series of the scraper's own (Prometheus' documentation, "Jobs and instances"). */
export interface ScrapeReport {
  readonly up: boolean;
  readonly durationSec: number;
  readonly scraped: number;
  readonly kept: number;
  readonly seriesAdded: number;
  /** -1 when it was longer than allowed. */
  readonly bodyBytes: number;
}

const ALWAYS = ['up', 'scrape_duration_seconds', 'scrape_samples_scraped', 'scrape_samples_post_metric_relabeling', 'scrape_series_added'] as const;
const EXTRA = ['scrape_timeout_seconds', 'scrape_sample_limit', 'scrape_body_size_bytes'] as const;
type ReportName = (typeof ALWAYS)[number] | (typeof EXTRA)[number];

/** What the extra ones say of the configuration; null leaves the extra ones out. */
export type ExtraReport = { readonly timeoutSec: number; readonly sampleLimit: number } | null;

export class ReportSeries {
  private readonly series: readonly { readonly name: ReportName; readonly series: TrackedSeries }[];
  private written = false;

  constructor(
    targetLabels: Labels,
    private readonly extra: ExtraReport,
  ) {
    const own = targetLabels.map(({ name, value }) => [name, value] as const);
    const names: readonly ReportName[] = extra === null ? ALWAYS : [...ALWAYS, ...EXTRA];
    this.series = names.map((name) => ({ name, series: new TrackedSeries(labelsFromPairs(new Map([...own, [METRIC_NAME, name]]))) }));
  }

  write(batch: BatchBuilder, timeMs: number, report: ScrapeReport): void {
    const values: Readonly<Record<ReportName, number>> = {
      up: report.up ? 1 : 0,
      scrape_duration_seconds: report.durationSec,
      scrape_samples_scraped: report.scraped,
      scrape_samples_post_metric_relabeling: report.kept,
      scrape_series_added: report.seriesAdded,
      scrape_timeout_seconds: this.extra?.timeoutSec ?? 0,
      scrape_sample_limit: this.extra?.sampleLimit ?? 0,
      scrape_body_size_bytes: report.bodyBytes,
    };
    for (const { name, series } of this.series) batch.float(series, timeMs, values[name]);
    this.written = true;
  }

  /** Their end, once they have begun. */
  end(batch: BatchBuilder, timeMs: number): void {
    if (this.written) for (const { series } of this.series) batch.stale(series, timeMs);
  }
}
