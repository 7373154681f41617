import type { WorldNode } from '../model/world.js';
import { byName } from './causal-depth.js';
import type { Graph } from './layout.js';

/** The rows of one platform, front to back: where clients enter, then services in the order of calls, then what stores. */
export type Rows = readonly (readonly number[])[];

export interface RowsInput {
  readonly graph: Graph;
  readonly region: number;
  readonly depth: ReadonlyMap<number, number>;
}

export function regionRows({ graph, region, depth }: RowsInput): Rows {
  const members = byName(graph.nodes)
    .map((id) => graph.nodes.get(id))
    .filter((node): node is WorldNode => node !== undefined && node.region === region && node.kind !== 'client');
  const entered = enteredByClients(graph);
  const depthOf = (node: WorldNode) => depth.get(node.id) ?? 0;
  const stores = members.filter(isStore);
  const services = members.filter((node) => !isStore(node)).sort((a, b) => depthOf(a) - depthOf(b));
  const entries = services.filter((node) => entered.has(node.id));
  const inner = services.filter((node) => !entered.has(node.id));
  const columns = columnsFor(members.length);
  return [...chunk(entries, columns), ...chunk(inner, columns), ...chunk(stores, columns)].map((row) => row.map((node) => node.id));
}

// A platform about as wide as deep: its rows are read as a flow, its columns as peers.
function columnsFor(count: number): number {
  return Math.max(2, Math.ceil(Math.sqrt(count / 2.2)));
}

function isStore(node: WorldNode): boolean {
  return node.kind === 'database' || node.kind === 'cache';
}

function enteredByClients({ nodes, edges }: Graph): ReadonlySet<number> {
  return new Set([...edges.values()].filter((edge) => nodes.get(edge.source)?.kind === 'client').map((edge) => edge.target));
}

/** Rows of at most `size`, as even as they can be: five in rows of three are 3 + 2, four are 2 + 2. */
function chunk<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / size);
  const even = Math.ceil(items.length / Math.max(1, count));
  return Array.from({ length: count }, (_, i) => items.slice(i * even, (i + 1) * even));
}
