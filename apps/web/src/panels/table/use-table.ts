import { useCallback, useMemo, useState } from 'react';
import type { World } from '../../model/world.js';
import { useLiveSearch } from '../selection/use-live-search.js';
import { useWorld } from '../world/use-world.js';
import { useLive } from '../world/world-context.js';
import type { SortKey, TableRow } from './table-rows.js';
import { parseSort, tableRows, writeSort } from './table-rows.js';

const topologyOf = (world: World): string => `${world.epoch}/${world.topologyVersion}`;

/** Filter, order and open regions of the table. The order is taken anew when the reader asks or the graph changes, never under the cursor. */
export function useTable() {
  const { source } = useLive();
  const { search, change } = useLiveSearch();
  const topology = useWorld(topologyOf);
  const [closed, setClosed] = useState<ReadonlySet<number>>(new Set());
  const [ordered, setOrdered] = useState(0);
  const filter = search.q ?? '';
  const sort = useMemo(() => parseSort(search.sort), [search.sort]);
  // `topology` and `ordered` are what makes the order be taken again.
  const rows: readonly TableRow[] = useMemo(() => orderedRows(source.get(), { filter, sort, closed }, [topology, ordered]), [source, filter, sort, closed, topology, ordered]);

  const setFilter = useCallback((q: string) => change(({ q: _q, ...rest }) => (q === '' ? rest : { ...rest, q })), [change]);
  const sortBy = useCallback(
    (key: SortKey) => {
      change((current) => {
        const now = parseSort(current.sort);
        return { ...current, sort: writeSort({ key, descending: now.key === key ? !now.descending : key !== 'name' }) };
      });
    },
    [change],
  );
  const setRegionOpen = useCallback((region: number, open: boolean) => setClosed((was) => new Set(open ? [...was].filter((other) => other !== region) : [...was, region])), []);
  return { rows, filter, setFilter, sort, sortBy, setRegionOpen, orderAgain: useCallback(() => setOrdered((count) => count + 1), []) };
}

function orderedRows(world: World, view: Parameters<typeof tableRows>[1], _takenAgainBy: readonly unknown[]): readonly TableRow[] {
  return tableRows(world, view);
}
