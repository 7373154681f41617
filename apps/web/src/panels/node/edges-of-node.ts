import { rankWorstEdges } from '../../model/find-edges.js';
import type { World, WorldEdge } from '../../model/world.js';

/** The edges that end (`target`) or begin (`source`) at a node, worst first. */
export function edgesOf(world: World, nodeId: number, end: 'source' | 'target'): readonly WorldEdge[] {
  return rankWorstEdges(world).filter((edge) => edge[end] === nodeId);
}
