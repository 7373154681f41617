import type { Histogram } from '../histogram/histogram.js';

/** What a sample is; the numbers are those in `SampleRun.kinds`. A stale marker says that the series ended before this moment. */
export const SAMPLE_KIND = { float: 0, histogram: 1, stale: 2 } as const;
export type SampleKind = (typeof SAMPLE_KIND)[keyof typeof SAMPLE_KIND];

/**
 * Samples of one series in columns, by time, no time twice. Staleness stands beside the values: JavaScript may silently turn Prometheus' stale
 * marker, a signalling NaN, into an ordinary one.
 */
export interface SampleRun {
  /** Milliseconds since 1970, ascending. */
  readonly timesMs: Float64Array;
  /** Of the floats; NaN where the sample is none. */
  readonly values: Float64Array;
  /** Null when every sample is a float. */
  readonly kinds: Uint8Array | null;
  /** By the index of the sample; null when there are none. */
  readonly histograms: readonly (Histogram | null)[] | null;
  /** When the counter behind each sample began, 0 where unknown; null when never known. */
  readonly startsMs: Float64Array | null;
}

export const NO_SAMPLES: SampleRun = { timesMs: new Float64Array(0), values: new Float64Array(0), kinds: null, histograms: null, startsMs: null };
