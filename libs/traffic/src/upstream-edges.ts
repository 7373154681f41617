import type { EdgeKey } from '#contracts';
import { edgeKeyText } from '#contracts';

export interface UpstreamEdge {
  readonly edge: EdgeKey;
  readonly distance: number;
}

/**
 * The faulted edge and everything that can feel it: calls travel down, damage travels up.
 *
 *     web -> gateway -> cart -x-> stock        distance of web -> gateway: 2, gateway -> cart: 1, cart -> stock: 0
 *
 * Each edge once, at its shortest distance, nearest first. The faulted edge is there also when `edges` does not name it.
 */
export function upstreamEdges(edges: readonly EdgeKey[], faulted: EdgeKey): UpstreamEdge[] {
  const into = groupByTarget(edges);
  const met = new Set([edgeKeyText(faulted)]);
  const found: UpstreamEdge[] = [{ edge: faulted, distance: 0 }];
  // The list grows while it is walked: breadth first, so the first visit is the shortest way.
  for (const { edge, distance } of found) {
    for (const caller of into.get(edge.source) ?? []) {
      const text = edgeKeyText(caller);
      if (met.has(text)) continue;
      met.add(text);
      found.push({ edge: caller, distance: distance + 1 });
    }
  }
  return found;
}

function groupByTarget(edges: readonly EdgeKey[]): Map<string, EdgeKey[]> {
  const into = new Map<string, EdgeKey[]>();
  for (const edge of edges) {
    const list = into.get(edge.target);
    if (list) list.push(edge);
    else into.set(edge.target, [edge]);
  }
  return into;
}
