import type { AddressTrack } from './address-track.js';
import type { ExploreSearch } from './explore-address.js';
import type { ExploreView } from './explore-view.js';
import { readView, writeView } from './explore-view.js';
import type { QueryRow } from './query-rows.js';
import { ranQueries, rowsOf } from './query-rows.js';
import type { RunRequest } from './run-store.js';
import { chooseStep } from './step-choice.js';
import { spanOf } from './time-range.js';

export type ExploreSettings = Omit<ExploreView, 'queries'>;

export interface ExploreState {
  readonly settings: ExploreSettings;
  readonly rows: readonly QueryRow[];
  /** What "now" means for a range that ends now, until the next run. */
  readonly nowSec: number;
  /** Counts the runs that were asked for. */
  readonly runNo: number;
  readonly track: AddressTrack;
}

export function stateOf(search: ExploreSearch, { nowSec, firstId }: { readonly nowSec: number; readonly firstId: number }): ExploreState {
  const { queries, ...settings } = readView(search);
  return { settings, rows: rowsOf(queries, firstId), nowSec, runNo: 1, track: { seen: addressText(search), pending: [] } };
}

export function searchOf({ settings, rows }: ExploreState): ExploreSearch {
  return writeView({ ...settings, queries: ranQueries(rows) });
}

/** The same text for every address that means the same. */
export function addressText(search: ExploreSearch): string {
  return JSON.stringify(writeView(readView(search)));
}

/** What is to be asked: every query that was run and is not hidden. A chart's times are whole multiples of the step, so that they stay where they are when time goes on. */
export function runRequests({ settings: { tab, range, stepSec }, rows, nowSec, runNo }: ExploreState): readonly RunRequest[] {
  const { fromSec, toSec } = spanOf(range, nowSec);
  const { sec } = chooseStep(toSec - fromSec, stepSec);
  const startSec = Math.min(Math.ceil(fromSec / sec) * sec, toSec);
  const times = tab === 'table' ? { startSec: toSec, endSec: toSec, stepSec: 0 } : { startSec, endSec: toSec, stepSec: sec };
  return rows.flatMap(({ id, ran, hidden }) => (ran === null || hidden ? [] : [{ id, runNo, query: ran, tab, ...times }]));
}
