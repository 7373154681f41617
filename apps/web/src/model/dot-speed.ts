// Slower than this looks stopped, faster cannot be followed by eye.
export const MIN_SPEED_PX_PER_SEC = 40;
export const MAX_SPEED_PX_PER_SEC = 220;
const FASTEST_MS = 1;
const SLOWEST_MS = 2_000;

/** How fast a dot travels on screen at the default framing: slower when half of the requests take longer; logarithmic from 1 ms to 2 s. */
export function dotSpeedPxPerSec(p50Ms: number | null): number {
  const ms = Math.min(SLOWEST_MS, Math.max(FASTEST_MS, p50Ms ?? FASTEST_MS));
  const slowness = Math.log(ms / FASTEST_MS) / Math.log(SLOWEST_MS / FASTEST_MS);
  return MAX_SPEED_PX_PER_SEC * (MIN_SPEED_PX_PER_SEC / MAX_SPEED_PX_PER_SEC) ** slowness;
}

/** Width of an edge: 1 px for a trickle, one more for each doubling, 8 px at most. */
export function edgeWidthPx(requestsPerSec: number): number {
  return Math.min(8, Math.max(1, 1 + Math.log2(1 + requestsPerSec) * 0.75));
}
