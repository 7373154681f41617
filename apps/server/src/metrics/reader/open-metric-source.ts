import { openMetricStorage } from '../../storage/metrics/open-metric-storage.js';
import type { OpenedMetricSource } from '../query/open-metric-source.js';
import { HeadBoard } from '../head-board.js';
import { BlockReader } from './block-reader.js';
import { HeadLink } from './head-link.js';
import { StoredSeriesSource } from './stored-series.js';

export interface StoredSourceOptions {
  readonly databaseUrl: string;
  /** Of the server whose writing thread is asked for the newest samples. */
  readonly holder: string;
  /** A HeadBoard of that thread. */
  readonly board: SharedArrayBuffer;
}

// Some twenty million samples, decoded: what the dashboards of a team look at again and again.
const CACHE_BYTES = 256 * 1_048_576;

/** Opens the metric store for a thread that reads. */
export async function openMetricSource(options: unknown): Promise<OpenedMetricSource> {
  const { databaseUrl, holder, board } = options as StoredSourceOptions;
  // Whoever asks next finds that the database is away; a connection lost between questions is nobody's trouble.
  const storage = openMetricStorage({ databaseUrl, holder, lostConnection: () => undefined });
  // Before the rows are read: a series that is made meanwhile is met in one way or the other, or in both.
  const head = new HeadLink(holder, new HeadBoard(board), { add: (series) => source.add(series), remove: (seriesIds) => source.remove(seriesIds) });
  const source = new StoredSeriesSource(storage, new BlockReader(storage.blocks, CACHE_BYTES), head, Date.now);
  for await (const some of storage.series.all()) source.add(some);
  const close = async (): Promise<void> => {
    head.close();
    await storage.close();
  };
  return { source, close };
}
