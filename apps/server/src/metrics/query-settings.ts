import type { QueryThreadSettings } from './query/query-thread.js';

/** Injects the QuerySettings. */
export const QUERY_SETTINGS = Symbol('QUERY_SETTINGS');

/** How the metric store is asked, by whoever asks. */
export interface QuerySettings {
  readonly thread: QueryThreadSettings;
  /** Longest that a question may take; a request may ask for less. */
  readonly timeoutMs: number;
  readonly retentionMs: number;
}

/** The thread as it is compiled beside this. */
export const QUERY_THREAD_ENTRY = new URL('./query/query-worker.js', import.meta.url);

/** Prometheus' own defaults, where it has the setting. */
export const QUERY_DEFAULTS = {
  timeoutMs: 120_000,
  maxConcurrent: 20,
  maxWaiting: 1_000,
  stuckAfterMs: 10_000,
  engine: { lookbackMs: 300_000, defaultSubqueryStepMs: 60_000, maxSamples: 50_000_000 },
} as const;
