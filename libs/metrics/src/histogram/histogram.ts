/** How this histogram may be seen beside the one before it: a counter that was or was not reset between them, or a gauge. */
export type ResetHint = 'unknown' | 'reset' | 'not-reset' | 'gauge';

/** A run of neighbouring buckets: `offset` from the end of the span before it (from bucket 0 for the first). */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** Populated buckets: as many counts as the spans' lengths add up to. Counts are of each bucket alone, not cumulative. */
export interface BucketRun {
  readonly spans: readonly Span[];
  readonly counts: readonly number[];
}

// Bounds of custom buckets stand in `customBounds`; every other schema n has 2^n buckets for each factor of two.
export const CUSTOM_BUCKETS_SCHEMA = -53;
export const MIN_EXPONENTIAL_SCHEMA = -4;
export const MAX_EXPONENTIAL_SCHEMA = 8;

/**
 * A native histogram with float counts, as Prometheus has them (native histograms specification, sections "Data model" and "Schema").
 * Bucket i of an exponential schema n holds values in (2^((i-1)*2^-n), 2^(i*2^-n)], for negative values mirrored.
 */
export interface Histogram {
  readonly schema: number;
  /** Values within [-zeroThreshold, zeroThreshold] are counted in `zeroCount`. */
  readonly zeroThreshold: number;
  readonly zeroCount: number;
  readonly count: number;
  readonly sum: number;
  readonly positive: BucketRun;
  readonly negative: BucketRun;
  /** Upper bounds of the custom buckets, ascending, without +Inf; empty for exponential schemas. */
  readonly customBounds: readonly number[];
  readonly resetHint: ResetHint;
}
