const STEPS = [1, 2, 5] as const;

/**
 * How many requests one dot stands for: the smallest of 1, 2, 5, 10, 20, 50 ... that keeps the picture at or under `maxDotsPerSec`.
 * Never less than one: half a request does not exist.
 */
export function dotScale(requestsPerSec: number, maxDotsPerSec: number): number {
  for (let decade = 1; ; decade *= 10) {
    for (const step of STEPS) {
      const requestsPerDot = step * decade;
      if (requestsPerSec / requestsPerDot <= maxDotsPerSec || requestsPerDot >= 1e12) return requestsPerDot;
    }
  }
}

// A scale that flips each second cannot be counted with: it grows at once when the picture fills up, and shrinks only when half would do.
const SHRINK_BELOW = 0.5;

/** `dotScale` with memory: stays at `current` while that is good enough. */
export function steadyDotScale(current: number, requestsPerSec: number, maxDotsPerSec: number): number {
  const wanted = dotScale(requestsPerSec, maxDotsPerSec);
  if (wanted >= current) return wanted;
  return dotScale(requestsPerSec / SHRINK_BELOW, maxDotsPerSec) < current ? wanted : current;
}
