import { useMemo, useSyncExternalStore } from 'react';
import type { World } from '../../model/world.js';
import { useLive } from './world-context.js';

/**
 * What `select` takes out of the world, re-rendering only when that changes. The world changes every second, so select the smallest thing:
 * a field, one edge (edges keep their identity while nothing about them changes), or a value with its own `same`.
 */
export function useWorld<T>(select: (world: World) => T, same: (a: T, b: T) => boolean = Object.is): T {
  const { source } = useLive();
  const read = useMemo(() => {
    let held: { readonly world: World; readonly value: T } | null = null;
    return () => {
      const world = source.get();
      if (held !== null && held.world === world) return held.value;
      const value = select(world);
      held = { world, value: held !== null && same(held.value, value) ? held.value : value };
      return held.value;
    };
  }, [source, select, same]);
  return useSyncExternalStore(source.subscribe, read);
}
