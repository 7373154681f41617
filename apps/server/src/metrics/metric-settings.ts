import { randomUUID } from 'node:crypto';
import type { ServerConfig } from '../config/config.js';
import { HeadBoard } from './head-board.js';
import type { StoredSourceOptions } from './reader/open-metric-source.js';
import type { WriterSettings } from './writer/writer-messages.js';

/** Injects the MetricSettings. */
export const METRIC_SETTINGS = Symbol('METRIC_SETTINGS');

/** What the threads of the metric store are started with. */
export interface MetricSettings {
  readonly writer: WriterSettings;
  readonly reader: StoredSourceOptions;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

// As Prometheus' receiver: clocks that run ahead are common, clocks that run far ahead are broken.
const MAX_AHEAD_MS = 10 * MINUTE_MS;
const MAX_LABELS = 100;
const MAX_NAME_BYTES = 1_024;
const MAX_VALUE_BYTES = 8_192;

// So many are read back from the journal in seconds.
const PART_SAMPLES = 8_000_000;
const WINDOW_REST_MS = 30 * MINUTE_MS;

/** What one body may decompress to. Senders make bodies of about a megabyte. */
const MAX_BODY_BYTES = 64 * 1_048_576;

export function metricSettings({ storage, metrics }: ServerConfig): MetricSettings {
  const holder = randomUUID();
  const board = HeadBoard.allocate();
  const limits = {
    maxSeries: metrics.maxSeries,
    maxSeriesPerMetric: metrics.maxSeriesPerMetric,
    outOfOrderMs: metrics.outOfOrderMs,
    keepMs: metrics.keepDays * DAY_MS,
    ...{ maxLabels: MAX_LABELS, maxNameBytes: MAX_NAME_BYTES, maxValueBytes: MAX_VALUE_BYTES, maxAheadMs: MAX_AHEAD_MS },
  };
  const pace = { partMs: metrics.journalMs, partSamples: PART_SAMPLES, windowRestMs: WINDOW_REST_MS };
  return { writer: { databaseUrl: storage.url, holder, board, limits, pace, maxBodyBytes: MAX_BODY_BYTES }, reader: { databaseUrl: storage.url, holder, board } };
}
