import type { MetricSource } from '../metric-source.js';

/** A metric store that was opened for one thread. */
export interface OpenedMetricSource {
  readonly source: MetricSource;
  /** Gives back what it holds: connections, timers. */
  close(): Promise<void>;
}

/** What the module at `SourceLocation.module` exports. */
export interface MetricSourceModule {
  /** `options` are those of the location, copied into the thread: plain data. Rejects with a message fit to be shown when the store cannot be opened. */
  openMetricSource(options: unknown): Promise<OpenedMetricSource>;
}

/** Where a thread finds its store. A thread shares no objects with the server, so it opens the store itself. */
export interface SourceLocation {
  /** URL of the module. */
  readonly module: string;
  readonly options: unknown;
}

/** The store cannot be opened now; the message may be shown to whoever asks. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Rejects with StoreUnavailable. */
export async function openMetricSource({ module, options }: SourceLocation): Promise<OpenedMetricSource> {
  const found = (await import(module)) as MetricSourceModule;
  try {
    return await found.openMetricSource(options);
  } catch (cause) {
    throw new StoreUnavailable(`The metric store cannot be opened: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
