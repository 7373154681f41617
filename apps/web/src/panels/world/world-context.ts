import { createContext, use } from 'react';
import type { WorldSource } from '../../model/world.js';
import type { ServerClock } from './server-clock.js';

export interface LiveContext {
  readonly source: WorldSource;
  readonly clock: ServerClock;
}

/** Filled once by the app; every panel below reads the same world. */
export const WorldContext = createContext<LiveContext | null>(null);

export function useLive(): LiveContext {
  const live = use(WorldContext);
  if (live === null) throw new Error('useLive needs a WorldContext above it: mount the panel inside the signed-in app.');
  return live;
}
