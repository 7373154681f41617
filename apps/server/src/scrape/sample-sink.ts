import type { Histogram, Labels, MetricMetadata } from '#metrics';

/** One series of one target. While the target exposes it, each scrape brings the same object: what a sink knows of it may hang on it in a WeakMap. */
export interface ScrapedSeries {
  /** Unique in this process and never used again; the same key means the same labels. */
  readonly key: number;
  /** As they are stored: with the target's labels, after all relabelling. */
  readonly labels: Labels;
}

export interface ScrapedExemplar {
  readonly series: ScrapedSeries;
  readonly labels: Labels;
  readonly value: number;
  readonly timeMs: number;
}

let lastKey = 0;

export function nextSeriesKey(): number {
  lastKey += 1;
  return lastKey;
}

/**
 * What one scrape of one target leaves, in columns:
 *
 *     sample        0        1        2
 *     series        a        b        c        one object a series
 *     timesMs       15000    15000    14200    c came with a timestamp of its own
 *     kinds         float    stale    float
 *     values        1.5      NaN      7
 */
export interface ScrapeBatch {
  /** The target's identity; batches of one target come one after the other. */
  readonly target: string;
  readonly series: readonly ScrapedSeries[];
  /** Milliseconds since 1970. */
  readonly timesMs: Float64Array;
  /** NaN where the sample is no float. */
  readonly values: Float64Array;
  /**
   * SAMPLE_KIND of each. A stale marker that is not newer than its series' newest sample is to be ignored: the series has gone on under another scrape.
   */
  readonly kinds: Uint8Array;
  /** When the counter behind each sample began, 0 where unknown; null when never known. */
  readonly startsMs: Float64Array | null;
  /** By index of the sample. */
  readonly histograms: ReadonlyMap<number, Histogram>;
  readonly exemplars: readonly ScrapedExemplar[];
  /** By name of the metric family: those this target has not said before, or says otherwise now. */
  readonly families: ReadonlyMap<string, MetricMetadata>;
}

/** Injects the sink that scrapes are written to. */
export const SAMPLE_SINK = Symbol('SAMPLE_SINK');

/** Where scrapes go. */
export interface SampleSink {
  /** Resolves after the commit. All of the batch is kept, or the promise is rejected and nothing is. */
  append(batch: ScrapeBatch): Promise<void>;
}
