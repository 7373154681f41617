import { failureShare } from './health.js';
import type { World, WorldEdge, WorldNode } from './world.js';

/** Edges with the most to worry about first: failure share, then failures a second, then p99, then traffic; ties by name, so the order holds still. */
export function rankWorstEdges(world: World): readonly WorldEdge[] {
  const keys = (edge: WorldEdge) => [edge.stale ? -1 : failureShare(edge.now), edge.now.failuresPerSec, edge.now.p99Ms ?? 0, edge.now.requestsPerSec];
  return [...world.edges.values()].sort((a, b) => {
    const [left, right] = [keys(a), keys(b)];
    for (let i = 0; i < left.length; i++) {
      const difference = (right[i] ?? 0) - (left[i] ?? 0);
      if (difference !== 0) return difference;
    }
    return edgeName(a).localeCompare(edgeName(b));
  });
}

export function edgeName(edge: WorldEdge): string {
  return `${edge.key.source} → ${edge.key.target}`;
}

export interface Found {
  readonly nodes: readonly WorldNode[];
  readonly edges: readonly WorldEdge[];
}

/** Nodes and edges whose name holds every word of `text`, case aside; an empty text finds all. */
export function search(world: World, text: string): Found {
  const words = text.toLowerCase().split(/[\s→>]+/).filter((word) => word !== '' && word !== '-');
  const holdsAll = (name: string) => words.every((word) => name.toLowerCase().includes(word));
  return {
    nodes: [...world.nodes.values()].filter((node) => holdsAll(node.name)),
    edges: [...world.edges.values()].filter((edge) => holdsAll(`${edge.key.source} ${edge.key.target} ${edge.key.protocol}`)),
  };
}
