import type { StoredSeries } from '../storage/metrics/series.store.js';
import type { PackedRuns } from './packed-runs.js';

/** Of the channel on which threads that read meet the one that writes. Either may start again without the other having to know. */
export function headChannelName(holder: string): string {
  return `faultline-metric-head-${holder}`;
}

/** From a thread that reads: what of these series is in no block yet, or which series have samples in none? */
export type HeadQuestion = { readonly asker: string; readonly id: number } & HeadRequest;

export type HeadRequest =
  | { readonly kind: 'read'; readonly seriesIds: Uint32Array; readonly fromMs: number; readonly toMs: number }
  | { readonly kind: 'present' };

/**
 * `blocks` names the state of all blocks: as long as it stays the same, no block has come or gone. Null where another server may be writing without this one's knowledge.
 * `not-yet`: the journal is being read; ask again. `elsewhere`: another server writes.
 */
export type HeadAnswer =
  | { readonly kind: 'runs'; readonly asker: string; readonly id: number; readonly runs: PackedRuns; readonly blocks: string | null }
  | { readonly kind: 'ids'; readonly asker: string; readonly id: number; readonly seriesIds: Uint32Array }
  | { readonly kind: 'not-yet'; readonly asker: string; readonly id: number }
  | { readonly kind: 'elsewhere'; readonly asker: string; readonly id: number };

/** To all who read, before the first sample of these series is answered for. */
export interface NewSeries {
  readonly kind: 'series';
  readonly series: readonly StoredSeries[];
}

/** To all who read: nobody will find samples of these. */
export interface RemovedSeries {
  readonly kind: 'removed';
  readonly seriesIds: readonly number[];
}

export type HeadMessage = HeadQuestion | HeadAnswer | NewSeries | RemovedSeries;
