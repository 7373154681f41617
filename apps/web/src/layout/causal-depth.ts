import type { Graph } from './layout.js';

/**
 * How many calls lie between the outside and each node, along the longest way: clients 0, what they call 1, and so on. A call back to a node
 * that is already on the way (a cycle) does not count.
 */
export function causalDepth({ nodes, edges }: Pick<Graph, 'nodes' | 'edges'>): ReadonlyMap<number, number> {
  const callees = calleesByName(nodes, edges);
  const forward = withoutBackCalls(nodes, callees);
  const depth = new Map<number, number>([...nodes.keys()].map((id) => [id, 0]));
  for (const id of topologicalOrder(nodes, forward)) {
    for (const callee of forward.get(id) ?? []) depth.set(callee, Math.max(depth.get(callee) ?? 0, (depth.get(id) ?? 0) + 1));
  }
  return depth;
}

type Callees = ReadonlyMap<number, readonly number[]>;

/** Nodes in an order that depends on names only, clients first: ids differ between two starts of the server, the picture must not. */
export function byName(nodes: Graph['nodes']): readonly number[] {
  return [...nodes.values()]
    .sort((a, b) => Number(b.kind === 'client') - Number(a.kind === 'client') || (a.name < b.name ? -1 : 1))
    .map((node) => node.id);
}

function calleesByName(nodes: Graph['nodes'], edges: Graph['edges']): Callees {
  const callees = new Map<number, number[]>(byName(nodes).map((id) => [id, []]));
  for (const { source, target } of edges.values()) if (source !== target) callees.get(source)?.push(target);
  const rank = new Map([...callees.keys()].map((id, i) => [id, i]));
  for (const list of callees.values()) list.sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
  return callees;
}

function withoutBackCalls(nodes: Graph['nodes'], callees: Callees): Callees {
  const state = new Map<number, 'open' | 'done'>();
  const forward = new Map<number, number[]>();
  for (const root of byName(nodes)) visit(root);
  return forward;

  function visit(id: number): void {
    if (state.has(id)) return;
    state.set(id, 'open');
    const kept = (callees.get(id) ?? []).filter((callee) => state.get(callee) !== 'open' && (visit(callee), true));
    forward.set(id, kept);
    state.set(id, 'done');
  }
}

function topologicalOrder(nodes: Graph['nodes'], forward: Callees): readonly number[] {
  const order: number[] = [];
  const seen = new Set<number>();
  for (const root of byName(nodes)) visit(root);
  return order.reverse();

  function visit(id: number): void {
    if (seen.has(id)) return;
    seen.add(id);
    for (const callee of forward.get(id) ?? []) visit(callee);
    order.push(id);
  }
}
