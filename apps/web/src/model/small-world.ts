import { EMPTY_WORLD, quietRate } from './empty-world.js';
import type { EdgeRate, World, WorldEdge, WorldNode } from './world.js';

/** A world from `a>b` texts, for tests: node ids count in order of appearance, edge ids from 1; `rates` says what differs from silence. */
export function smallWorld(edgeTexts: readonly string[], rates: Readonly<Record<string, Partial<EdgeRate>>> = {}): World {
  const names = [...new Set(edgeTexts.flatMap((text) => text.split('>')))];
  const nodes = names.map((name, id): WorldNode => ({ id, name, kind: 'service', region: 0 }));
  const edges = edgeTexts.map((text, i): WorldEdge => {
    const [source = '', target = ''] = text.split('>');
    const now = { ...quietRate(100), ...rates[text] };
    return { id: i + 1, source: names.indexOf(source), target: names.indexOf(target), key: { source, target, protocol: 'http' }, stale: false, totalRequests: 0, now, history: [now] };
  });
  return { ...EMPTY_WORLD, status: 'live', nodes: new Map(nodes.map((node) => [node.id, node])), edges: new Map(edges.map((edge) => [edge.id, edge])) };
}
