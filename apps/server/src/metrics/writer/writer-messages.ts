import type { Refusal } from './refusals.js';
import type { WireBatch } from './wire-batch.js';
import type { WriteLimits } from './write-limits.js';
import type { Pace } from './write-maintenance.js';

/** What the thread is started with. */
export interface WriterSettings {
  readonly databaseUrl: string;
  /** Of this server: for the writer's lease, and for the channel on which readers ask. */
  readonly holder: string;
  /** A HeadBoard, which threads that read look at. */
  readonly board: SharedArrayBuffer;
  readonly limits: WriteLimits;
  readonly pace: Pace;
  /** What a body of remote write may decompress to. */
  readonly maxBodyBytes: number;
}

/** `standby`: another server writes. */
export type WriterState = 'starting' | 'standby' | 'recovering' | 'writing';

export type WriterRequest =
  | { readonly kind: 'write'; readonly id: number; readonly version: 1 | 2; readonly body: Uint8Array }
  | { readonly kind: 'append'; readonly id: number; readonly batch: WireBatch }
  | { readonly kind: 'stop' };

/** How a write ended that did not end well. `unknown-keys`: send the labels along. */
export type WriteFailure = 'overloaded' | 'malformed' | 'too-large' | 'unknown-keys' | 'internal';

export interface WriterCounts {
  readonly samples: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly series: number;
  readonly headSamples: number;
  readonly refusedByMetric: ReadonlyMap<string, number>;
}

export type WriterReport =
  | { readonly kind: 'written'; readonly id: number; readonly samples: number; readonly histograms: number; readonly exemplars: number; readonly refusals: readonly Refusal[] }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: WriteFailure; readonly message: string }
  | { readonly kind: 'state'; readonly state: WriterState; readonly why: string | null }
  | { readonly kind: 'counts'; readonly counts: WriterCounts }
  | { readonly kind: 'log'; readonly level: 'log' | 'warn' | 'error'; readonly message: string }
  | { readonly kind: 'stopped' };
