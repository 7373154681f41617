import { describe, expect, it } from 'vitest';
import { EMPTY_WORLD } from '../../model/empty-world.js';
import type { World, WorldSource } from '../../model/world.js';
import { createServerClock } from './server-clock.js';

function sourceOf(first: World): WorldSource & { set(world: World): void } {
  let world = first;
  let listener = (): void => undefined;
  return {
    get: () => world,
    subscribe: (next) => {
      listener = next;
      return () => undefined;
    },
    set: (next) => {
      world = next;
      listener();
    },
  };
}

describe('createServerClock', () => {
  it('has no time and no age before the first frame', () => {
    const clock = createServerClock(sourceOf(EMPTY_WORLD), () => 50);
    expect([clock.nowMs(), clock.dataAgeMs()]).toEqual([0, null]);
  });

  it('goes on by the local monotonic clock between frames', () => {
    let localMs = 10;
    const source = sourceOf(EMPTY_WORLD);
    const clock = createServerClock(source, () => localMs);
    source.set({ ...EMPTY_WORLD, serverTimeMs: 1_000_150, throughSec: 999 });
    localMs += 2_000;
    expect(clock.nowMs()).toBe(1_002_150);
    expect(clock.dataAgeMs()).toBe(2_150);
  });

  it('does not take a change of status for a new frame', () => {
    let localMs = 0;
    const world = { ...EMPTY_WORLD, serverTimeMs: 5_000, throughSec: 3 };
    const source = sourceOf(world);
    const clock = createServerClock(source, () => localMs);
    localMs = 4_000;
    source.set({ ...world, status: 'disconnected' });
    expect(clock.nowMs()).toBe(9_000);
  });
});
