import type { Labels, Matcher, MetricMetadata, SeriesReader } from '#metrics';

export interface TimeSpan {
  /** First and last millisecond, both included. */
  readonly fromMs: number;
  readonly toMs: number;
}

export interface StoredExemplar {
  readonly labels: Labels;
  readonly value: number;
  readonly timeMs: number;
}

/** A series matches when it matches all of one of the lists; no list at all means every series. */
export type AnyOfMatchers = readonly (readonly Matcher[])[];

/** How many series there are, by metric and by label, for whoever looks for what makes them many. */
export interface Cardinality {
  readonly series: number;
  readonly labelPairs: number;
  readonly byMetric: readonly CardinalityCount[];
  /** Distinct values of each label. */
  readonly valuesByLabel: readonly CardinalityCount[];
  readonly seriesByPair: readonly CardinalityCount[];
  readonly bytesByLabel: readonly CardinalityCount[];
}

export interface CardinalityCount {
  readonly name: string;
  readonly count: number;
}

/** What the metric store can be asked. Every promise rejects with the signal's reason when that is aborted. */
export interface MetricSource extends SeriesReader {
  /** Series with samples in the span, each once, ordered by labels; at most `limit`, and whether there would have been more. */
  series(matchers: AnyOfMatchers, span: TimeSpan, limit: number, signal: AbortSignal): Promise<{ readonly series: readonly Labels[]; readonly truncated: boolean }>;
  labelNames(matchers: AnyOfMatchers, span: TimeSpan, signal: AbortSignal): Promise<readonly string[]>;
  labelValues(name: string, matchers: AnyOfMatchers, span: TimeSpan, signal: AbortSignal): Promise<readonly string[]>;
  /** By metric family; of those whose series match, for readers that may not see all. */
  metadata(matchers: AnyOfMatchers, signal: AbortSignal): Promise<ReadonlyMap<string, MetricMetadata>>;
  exemplars(matchers: AnyOfMatchers, span: TimeSpan, signal: AbortSignal): Promise<readonly { readonly labels: Labels; readonly exemplars: readonly StoredExemplar[] }[]>;
  /** The `limit` greatest of each list. */
  cardinality(matchers: AnyOfMatchers, limit: number, signal: AbortSignal): Promise<Cardinality>;
}
