import type { Histogram } from '../histogram/histogram.js';

/** Samples of many series in the order in which they came. The columns may be longer than `count`; what is behind it has no meaning. */
export interface JournalBatch {
  readonly count: number;
  /** Whole numbers below 2^32. */
  readonly seriesIds: Float64Array;
  /** Whole numbers within 2^52 of 1970. */
  readonly timesMs: Float64Array;
  /** Of the floats. */
  readonly values: Float64Array;
  /** By SAMPLE_KIND. */
  readonly kinds: Uint8Array;
  /** When the counter behind each sample began, whole numbers as the times, 0 where unknown. */
  readonly startsMs: Float64Array;
  /** By the index of the sample; one for each of that kind. */
  readonly histograms: ReadonlyMap<number, Histogram>;
}

/** A few bytes can stand for any number of repeated samples, so a blob's length does not bound what comes out of it. */
export const MAX_JOURNAL_SAMPLES = 1_048_576;
