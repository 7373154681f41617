import { useCallback } from 'react';
import type { Selection, World } from '../../model/world.js';
import { useWorld } from '../world/use-world.js';
import { useLive } from '../world/world-context.js';
import { sameSelection, selectionOf, withSelection } from './live-search.js';
import { useLiveSearch } from './use-live-search.js';

/** What is selected. The address holds it, so picture, table and search all change the same thing and a reload keeps it. */
export function useSelection(): { readonly selection: Selection | null; readonly select: (selection: Selection | null) => void } {
  const { source } = useLive();
  const { search, change } = useLiveSearch();
  const find = useCallback((world: World) => selectionOf(world, search), [search]);
  const selection = useWorld(find, sameSelection);
  const select = useCallback((next: Selection | null) => change((current) => withSelection(source.get(), current, next)), [change, source]);
  return { selection, select };
}
