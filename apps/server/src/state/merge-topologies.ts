import { edgeKeyText, type Topology } from '#contracts';

/** One graph out of several. Where two describe a region or node of one name differently, the later one counts. Sorted, so equal graphs are equal values. */
export function mergeTopologies(topologies: readonly Topology[]): Topology {
  return {
    regions: union(topologies.flatMap((topology) => topology.regions), (region) => region.name),
    nodes: union(topologies.flatMap((topology) => topology.nodes), (node) => node.name),
    edges: union(topologies.flatMap((topology) => topology.edges), edgeKeyText),
  };
}

export function sameTopology(a: Topology, b: Topology): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What each agent described, out of the whole and the carrier of each edge. Nodes that no edge touches belong to nobody and are left out. */
export function splitByCarrier(whole: Topology & { readonly carriers: readonly string[] }): Map<string, Topology> {
  const split = new Map<string, Topology>();
  for (const agent of new Set(whole.carriers)) {
    const edges = whole.edges.filter((_, i) => whole.carriers[i] === agent);
    const ends = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
    const nodes = whole.nodes.filter((node) => ends.has(node.name));
    const inUse = new Set(nodes.map((node) => node.region));
    split.set(agent, { regions: whole.regions.filter((region) => inUse.has(region.name)), nodes, edges });
  }
  return split;
}

function union<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const byKey = new Map(items.map((item) => [keyOf(item), item]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}
