import type { Histogram, Labels, MetricMetadata } from '#metrics';

/** A batch on its way to the writer's thread, in columns; series by a key that the sender gives each label set. */
export interface WireBatch {
  /** By Faultline, of what its agents report: no limit on series holds for them, and their names are kept for them. */
  readonly own: boolean;
  readonly keys: Float64Array;
  readonly timesMs: Float64Array;
  readonly values: Float64Array;
  readonly kinds: Uint8Array;
  /** When the counter behind each sample began, 0 where unknown; null when never known. */
  readonly startsMs: Float64Array | null;
  readonly histograms: ReadonlyMap<number, Histogram>;
  /** Labels of keys that the writer may not know. */
  readonly introduced: ReadonlyMap<number, Labels>;
  readonly exemplars: readonly { readonly key: number; readonly labels: Labels; readonly value: number; readonly timeMs: number }[];
  readonly families: ReadonlyMap<string, MetricMetadata>;
}
