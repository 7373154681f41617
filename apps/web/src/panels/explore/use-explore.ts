import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { useLive } from '../world/world-context.js';
import { arrived, asked } from './address-track.js';
import { parseExploreSearch } from './explore-address.js';
import type { ExploreSettings, ExploreState } from './explore-state.js';
import { addressText, searchOf, stateOf } from './explore-state.js';
import type { QueryRow } from './query-rows.js';
import { freeId, runRows, withRow } from './query-rows.js';

interface Change {
  readonly settings?: Partial<ExploreSettings>;
  readonly rows?: readonly QueryRow[];
  /** Ask again, also what is unchanged. */
  readonly run?: boolean;
  /** Something to come back to with the browser's button. */
  readonly remember?: boolean;
}

/**
 * The state of the Explore screen and its one way to change. The page keeps the state and the address follows it; when the address changes for another reason, the page
 * follows the address.
 */
export function useExplore() {
  const nowSec = useNowSec();
  const navigate = useNavigate();
  const search = parseExploreSearch(useSearch({ strict: false }));
  const [state, setState] = useState(() => stateOf(search, { nowSec: nowSec(), firstId: 1 }));
  const address = addressText(search);
  if (address !== state.track.seen) setState(followed(state, address, () => stateOf(search, { nowSec: nowSec(), firstId: freeId(state.rows) })));

  const change = ({ settings = {}, rows = state.rows, run = false, remember = false }: Change): void => {
    const next = { ...state, settings: { ...state.settings, ...settings }, rows, ...(run && { runNo: state.runNo + 1, nowSec: nowSec() }) };
    const nextSearch = searchOf(next);
    const track = asked(state.track, addressText(nextSearch));
    setState({ ...next, track });
    if (track !== state.track) void navigate({ to: '/explore', search: nextSearch, replace: !remember });
  };
  const again = useCallback(() => setState((current) => ({ ...current, runNo: current.runNo + 1, nowSec: nowSec() })), [nowSec]);
  const edit = (id: number, text: string): void => setState((current) => ({ ...current, rows: withRow(current.rows, id, { text }) }));
  return { state, change, edit, again, run: () => change({ rows: runRows(state.rows), run: true, remember: true }), nowSec };
}

function followed(state: ExploreState, address: string, read: () => ExploreState): ExploreState {
  const { track, foreign } = arrived(state.track, address);
  return foreign ? { ...read(), runNo: state.runNo + 1 } : { ...state, track };
}

/** The server's time, because samples carry it; this machine's own until the server's is known. */
function useNowSec(): () => number {
  const { clock } = useLive();
  return useCallback(() => Math.floor((clock.nowMs() || Date.now()) / 1_000), [clock]);
}

/** Asks again so often, but never while the last is under way, and not while nobody looks: a slow query would be cancelled for ever. */
export function useRefresh(refreshSec: number, { isBusy, again }: { readonly isBusy: () => boolean; readonly again: () => void }): void {
  useEffect(() => {
    if (refreshSec === 0) return;
    const timer = setInterval(() => {
      if (!document.hidden && !isBusy()) again();
    }, refreshSec * 1_000);
    return () => clearInterval(timer);
  }, [refreshSec, isBusy, again]);
}

