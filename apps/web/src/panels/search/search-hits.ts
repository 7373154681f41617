import { edgeName, search } from '../../model/find-edges.js';
import type { Selection, World } from '../../model/world.js';

export interface SearchHit {
  readonly selection: Selection;
  readonly name: string;
  readonly detail: string;
}

const SHOWN = 12;

/** Nodes first, because a name means the thing itself before its calls. */
export function searchHits(world: World, text: string): readonly SearchHit[] {
  const found = search(world, text);
  const nodes = found.nodes.map((node): SearchHit => ({ selection: { kind: 'node', id: node.id }, name: node.name, detail: `${node.kind} · ${world.regions[node.region]?.city ?? ''}` }));
  const edges = found.edges.map((edge): SearchHit => ({ selection: { kind: 'edge', id: edge.id }, name: edgeName(edge), detail: edge.key.protocol }));
  return [...nodes, ...edges].slice(0, SHOWN);
}
