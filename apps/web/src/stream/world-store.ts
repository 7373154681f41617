import type { World, WorldSource } from '../model/world.js';
import { EMPTY_WORLD } from '../model/empty-world.js';

/** Holds the latest world and tells its readers. */
export interface WorldStore extends WorldSource {
  set(world: World): void;
}

export function createWorldStore(initial: World = EMPTY_WORLD): WorldStore {
  let world = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => world,
    set(next) {
      if (next === world) return;
      world = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
