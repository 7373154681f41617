import { causalDepth } from './causal-depth.js';
import { edgeCurve } from './edge-curve.js';
import type { EdgeCurve, Graph, Layout, NodePlace, Platform } from './layout.js';
import { placeClients } from './place-clients.js';
import { placeInRegion } from './place-in-region.js';
import type { Offset } from './place-in-region.js';
import { onPlatform, placePlatforms } from './place-platforms.js';
import { regionRows } from './region-rows.js';

/** Positions for a whole graph. The same graph gives the same picture everywhere; with `previous`, what stood keeps its place on its platform. */
export function layoutWorld(graph: Graph, previous: Layout | null): Layout {
  const offsets = new Map<number, ReadonlyMap<number, Offset>>();
  const depth = causalDepth(graph);
  const kept = previous === null ? new Map<string, Offset>() : keptOffsets(graph, previous);
  graph.regions.forEach((_, region) => {
    const rows = regionRows({ graph, region, depth });
    if (rows.length > 0) offsets.set(region, placeInRegion({ graph, rows, pullOf: regionPull(graph, region), kept }));
  });
  const platforms = placePlatforms(graph.regions, [...offsets].map(([region, places]) => ({ region, places: [...places.values()] })));
  const nodes = placeNodes(graph, platforms, offsets);
  return { platforms, nodes, edges: curves(graph, nodes) };
}

/** West or east of `region`: degrees of longitude, scaled so that another region pulls further than a neighbour on the same platform. */
function regionPull({ regions, nodes }: Graph, region: number): (nodeId: number) => number {
  const longitude = (index: number) => regions[index]?.longitudeDeg ?? 0;
  return (id) => {
    const node = nodes.get(id);
    return node === undefined || node.kind === 'client' ? 0 : (longitude(node.region) - longitude(region)) / 20;
  };
}

/** By name, relative to the platform: ids are new after a restart of the server, and a platform may move when a neighbour grows. */
function keptOffsets(graph: Graph, previous: Layout): ReadonlyMap<string, Offset> {
  const kept = new Map<string, Offset>();
  const regionOf = new Map([...graph.nodes.values()].map((node) => [node.name, node.region]));
  for (const place of previous.nodes.values()) {
    const platform = place.platform === null ? undefined : previous.platforms.get(place.platform);
    if (platform === undefined || regionOf.get(place.name) !== place.platform) continue;
    const origin = onPlatform(platform, { x: 0, z: 0 });
    kept.set(place.name, { x: place.x - origin.x, z: place.z - origin.z });
  }
  return kept;
}

function placeNodes(graph: Graph, platforms: ReadonlyMap<number, Platform>, offsets: ReadonlyMap<number, ReadonlyMap<number, Offset>>): ReadonlyMap<number, NodePlace> {
  const clients = placeClients({ graph, platforms });
  const places = new Map<number, NodePlace>();
  for (const { id, name, region } of graph.nodes.values()) {
    const [platform, offset, rim] = [platforms.get(region), offsets.get(region)?.get(id), clients.get(id)];
    if (rim !== undefined) places.set(id, { id, name, platform: null, ...rim });
    else if (platform !== undefined && offset !== undefined) places.set(id, { id, name, platform: region, ...onPlatform(platform, offset) });
  }
  return places;
}

function curves(graph: Graph, nodes: ReadonlyMap<number, NodePlace>): ReadonlyMap<number, EdgeCurve> {
  const edges = new Map<number, EdgeCurve>();
  for (const { id, source, target } of graph.edges.values()) {
    const [from, to] = [nodes.get(source), nodes.get(target)];
    if (from !== undefined && to !== undefined) edges.set(id, edgeCurve(id, from, to));
  }
  return edges;
}
