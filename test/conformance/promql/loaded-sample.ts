import type { Histogram, Labels } from '#metrics';

export interface LoadedSample {
  readonly timeMs: number;
  /** Null: the series ends here. */
  readonly value: number | Histogram | null;
  readonly startMs: number;
}
export interface LoadedSeries {
  readonly labels: Labels;
  readonly samples: readonly LoadedSample[];
}
