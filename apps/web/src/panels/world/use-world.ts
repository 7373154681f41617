import { useMemo, useSyncExternalStore } from 'react';
import type { World } from '../../model/world.js';
import { selectReader } from './select-reader.js';
import { useLive } from './world-context.js';

/**
 * What `select` takes out of the world, re-rendering only when that changes. The world changes every second, so select the smallest thing:
 * a field, one edge (edges keep their identity while nothing about them changes), or a value with its own `same`.
 */
export function useWorld<T>(select: (world: World) => T, same: (a: T, b: T) => boolean = Object.is): T {
  const { source } = useLive();
  const read = useMemo(() => selectReader({ source, select, same }), [source, select, same]);
  return useSyncExternalStore(source.subscribe, read);
}
