import type { WorldSource } from '../../model/world.js';

/** The server's time between its frames, so that a countdown and a data age do not depend on this machine's clock being right. */
export interface ServerClock {
  /** Unix milliseconds by the server's clock; 0 before the first frame. */
  nowMs(): number;
  /** How long ago the last second that the numbers cover ended; null before the first frame. */
  dataAgeMs(): number | null;
  close(): void;
}

/** `monotonicMs` only ever grows (performance.now), so a change of the local clock moves nothing. */
export function createServerClock(source: WorldSource, monotonicMs: () => number): ServerClock {
  let serverTimeMs = 0;
  let arrivedMs = 0;
  const note = (): void => {
    const world = source.get();
    if (world.serverTimeMs === serverTimeMs) return;
    serverTimeMs = world.serverTimeMs;
    arrivedMs = monotonicMs();
  };
  note();
  const close = source.subscribe(note);
  const nowMs = (): number => (serverTimeMs === 0 ? 0 : serverTimeMs + monotonicMs() - arrivedMs);
  return {
    nowMs,
    dataAgeMs: () => (serverTimeMs === 0 || source.get().throughSec === 0 ? null : Math.max(0, nowMs() - (source.get().throughSec + 1) * 1_000)),
    close,
  };
}
