import type { Histogram } from '../histogram/histogram.js';
import type { Labels } from '../labels/labels.js';

/** Exposition types (OpenMetrics 1.0 section "Metric Types"), as remote write numbers them. */
export const METRIC_TYPES = ['unknown', 'counter', 'gauge', 'histogram', 'gaugehistogram', 'summary', 'info', 'stateset'] as const;
export type MetricType = (typeof METRIC_TYPES)[number];

export interface MetricMetadata {
  readonly type: MetricType;
  readonly help: string;
  readonly unit: string;
}

export interface WrittenExemplar {
  /** Index of its series in the batch. */
  readonly series: number;
  readonly labels: Labels;
  readonly value: number;
  /** 0 where the sender gave none. */
  readonly timeMs: number;
}

/** What of a request cannot be stored, and why; everything else of it can. */
export interface RejectedPart {
  readonly part: 'series' | 'histogram' | 'exemplar' | 'metadata';
  /** Its series' place in the message (its own place, for the metadata of 1.0), counted from 0. */
  readonly position: number;
  readonly reason: string;
}

export type SeriesLabels = { readonly kind: 'labels'; readonly labels: Labels } | { readonly kind: 'rejected'; readonly rejected: RejectedPart };

/**
 * A decoded request in columns. Arrays may be longer than what they hold, and are used again for the next request, as are the bytes behind `labels` and
 * `metadata`: take out what is needed before decoding another.
 *
 *     series    0        1     2          sampleEnds[1] is the first sample of series 2
 *     samples   0 1 2    3     4 5
 */
export interface WriteBatch {
  readonly seriesCount: number;
  /**
   * 64 bits for each series that depend on its labels alone: the same key means the same labels, so `labels` is needed only for a key never seen.
   * The same labels may come with several keys, though (1.0 and 2.0, or senders that encode oddly), and anyone can send such spellings: bound what is remembered.
   */
  readonly keysLow: Int32Array;
  readonly keysHigh: Int32Array;
  /** Index behind the last sample of each series. A series may have none: senders give exemplars series of their own. */
  readonly sampleEnds: Uint32Array;
  /** In the order of the message; senders are to sort by time within a series. Absurd times come through, rounded where beyond 2^53. */
  readonly timesMs: Float64Array;
  /** NaN where the sample is no float. */
  readonly values: Float64Array;
  /** SAMPLE_KIND of each sample. */
  readonly kinds: Uint8Array;
  /** 0 where unknown. */
  readonly startsMs: Float64Array;
  /** By index of the sample. */
  readonly histograms: ReadonlyMap<number, Histogram>;
  readonly exemplars: readonly WrittenExemplar[];
  /** Of 1.0, by name of the metric family. */
  readonly families: ReadonlyMap<string, MetricMetadata>;
  /** The first of them; `rejectedCount` counts all. Series that are refused here are not among the batch's series. */
  readonly rejected: readonly RejectedPart[];
  readonly rejectedCount: number;
  /** Decodes and checks them, which costs far more than the key. */
  labels(series: number): SeriesLabels;
  /** Of 2.0, where it stands beside each series; null where there is none. */
  metadata(series: number): MetricMetadata | null;
}
