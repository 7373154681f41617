import type { World, WorldSource } from '../../model/world.js';

interface Selected<T> {
  readonly source: WorldSource;
  readonly select: (world: World) => T;
  readonly same: (a: T, b: T) => boolean;
}

/** Reads what `select` takes out of the latest world; answers with the identical value as long as nothing about it changed. */
export function selectReader<T>({ source, select, same }: Selected<T>): () => T {
  let held: { readonly world: World; readonly value: T } | null = null;
  return () => {
    const world = source.get();
    if (held !== null && held.world === world) return held.value;
    const value = select(world);
    held = { world, value: held !== null && same(held.value, value) ? held.value : value };
    return held.value;
  };
}
