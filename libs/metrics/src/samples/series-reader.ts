import type { Labels } from '../labels/labels.js';
import type { Matcher } from '../labels/matcher.js';
import type { SampleRun } from './sample-run.js';

export interface SeriesQuery {
  /** All must match. */
  readonly matchers: readonly Matcher[];
  /** First and last millisecond of interest, both included. */
  readonly fromMs: number;
  readonly toMs: number;
  /** What is going to be done with the samples, so that a store may read less: the distance of the steps, and the function around the selector. */
  readonly hints: { readonly stepMs: number; readonly function: string | null };
}

export interface SeriesData {
  readonly labels: Labels;
  readonly samples: SampleRun;
}

/** Where PromQL gets its samples. */
export interface SeriesReader {
  /** In any order, each series once, none without samples. Rejects with the signal's reason when that is aborted. */
  select(query: SeriesQuery, signal: AbortSignal): Promise<readonly SeriesData[]>;
}
