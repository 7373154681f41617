import type { World } from '../../model/world.js';

/** Sums over all edges in the last full second. A call that causes another counts once on each edge it crosses. */
export interface WorldTotals {
  readonly requestsPerSec: number;
  readonly failureRatio: number;
  readonly edges: number;
  readonly staleEdges: number;
}

export function worldTotals(world: World): WorldTotals {
  let requestsPerSec = 0;
  let failuresPerSec = 0;
  let staleEdges = 0;
  for (const edge of world.edges.values()) {
    if (edge.stale) staleEdges += 1;
    requestsPerSec += edge.now.requestsPerSec;
    failuresPerSec += edge.now.failuresPerSec;
  }
  return { requestsPerSec, failureRatio: requestsPerSec === 0 ? 0 : failuresPerSec / requestsPerSec, edges: world.edges.size, staleEdges };
}

export function sameTotals(a: WorldTotals, b: WorldTotals): boolean {
  return a.requestsPerSec === b.requestsPerSec && a.failureRatio === b.failureRatio && a.edges === b.edges && a.staleEdges === b.staleEdges;
}
