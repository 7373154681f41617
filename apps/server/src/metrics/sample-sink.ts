import type { Histogram, Labels, MetricMetadata } from '#metrics';

/** One series of one source, such as a target. While the source has samples of it, each batch brings the same object: what a sink knows of it may hang on it in a WeakMap. */
export interface SampledSeries {
  /** Unique in this process and never used again; the same key means the same labels. */
  readonly key: number;
  /** As they are stored; of a target with its labels, after all relabelling. */
  readonly labels: Labels;
}

export interface SampledExemplar {
  readonly series: SampledSeries;
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
 * Samples that are kept together or not at all, in columns; as one scrape of one target leaves them:
 *
 *     sample        0        1        2
 *     series        a        b        c        one object a series
 *     timesMs       15000    15000    14200    c came with a timestamp of its own
 *     kinds         float    stale    float
 *     values        1.5      NaN      7
 */
export interface SampleBatch {
  readonly series: readonly SampledSeries[];
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
  readonly exemplars: readonly SampledExemplar[];
  /** By name of the metric family: those this source has not said before, or says otherwise now. */
  readonly families: ReadonlyMap<string, MetricMetadata>;
}

/** Injects the SampleSink. */
export const SAMPLE_SINK = Symbol('SAMPLE_SINK');

/** Where samples go. */
export interface SampleSink {
  /** Resolves after the commit. All of the batch is kept, or the promise is rejected and nothing is. */
  append(batch: SampleBatch): Promise<void>;
}
