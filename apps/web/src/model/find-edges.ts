import { failureShare } from './health.js';
import { recentRate } from './recent-rate.js';
import type { World, WorldEdge, WorldNode } from './world.js';

/** Edges with the most to worry about first: failure share, then failures a second, then p99, then traffic; ties by name, so the order holds still. */
export function rankWorstEdges(world: World): readonly WorldEdge[] {
  const ranked = [...world.edges.values()].map((edge) => ({ edge, worries: worriesOf(edge) }));
  ranked.sort((a, b) => {
    const differing = a.worries.findIndex((worry, i) => worry !== b.worries[i]);
    return differing < 0 ? edgeName(a.edge).localeCompare(edgeName(b.edge)) : (b.worries[differing] ?? 0) - (a.worries[differing] ?? 0);
  });
  return ranked.map(({ edge }) => edge);
}

function worriesOf(edge: WorldEdge): readonly number[] {
  const rate = recentRate(edge);
  return [edge.stale ? -1 : failureShare(rate), rate.failuresPerSec, rate.p99Ms ?? 0, rate.requestsPerSec];
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
