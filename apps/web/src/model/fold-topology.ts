import { edgeKeyText } from '#contracts';
import type { Region, TopologyFrame } from '#contracts';
import { quietRate } from './empty-world.js';
import type { World, WorldEdge, WorldNode } from './world.js';

/**
 * The world with the nodes and edges of `frame`. What is the same keeps its identity and its history; `topologyVersion` moves only when
 * something differs, so a new start of the stream does not disturb the picture.
 */
export function foldTopology(world: World, frame: TopologyFrame, strings: readonly string[]): World {
  const regions = regionsOf(frame, strings);
  const nodes = nodesOf(world, frame, strings);
  const edges = edgesOf({ world, frame, nodes });
  const same = sameRegions(world.regions, regions) && sameNodes(world.nodes, nodes) && sameEnds(world.edges, edges);
  return Object.freeze({
    ...world,
    epoch: frame.epoch,
    topologyVersion: same ? world.topologyVersion : world.topologyVersion + 1,
    regions: same ? world.regions : regions,
    nodes: same ? world.nodes : nodes,
    edges,
  });
}

function textAt(strings: readonly string[], index: number): string {
  // A name that the dictionary lacks is a broken stream; a visible mark beats a picture that stops.
  return strings[index] ?? `#${index}`;
}

function regionsOf(frame: TopologyFrame, strings: readonly string[]): readonly Region[] {
  return Object.freeze(
    frame.regions.map((region) =>
      Object.freeze({
        name: textAt(strings, region.name),
        city: textAt(strings, region.city),
        latitudeDeg: region.latitudeDeg,
        longitudeDeg: region.longitudeDeg,
      }),
    ),
  );
}

function nodesOf(world: World, frame: TopologyFrame, strings: readonly string[]): ReadonlyMap<number, WorldNode> {
  return new Map(
    frame.nodes.map((node) => {
      const next: WorldNode = Object.freeze({ id: node.id, name: textAt(strings, node.name), kind: node.kind, region: node.region });
      const before = world.nodes.get(node.id);
      return [node.id, before !== undefined && sameNode(before, next) ? before : next];
    }),
  );
}

interface EdgesInput {
  readonly world: World;
  readonly frame: TopologyFrame;
  readonly nodes: ReadonlyMap<number, WorldNode>;
}

function edgesOf({ world, frame, nodes }: EdgesInput): ReadonlyMap<number, WorldEdge> {
  const edges = new Map<number, WorldEdge>();
  // By name, because a restarted server counts its ids anew and what was seen of an edge is still true.
  const before = new Map([...world.edges.values()].map((edge) => [edgeKeyText(edge.key), edge]));
  for (const { id, source, target, protocol } of frame.edges) {
    const [from, to] = [nodes.get(source), nodes.get(target)];
    if (from === undefined || to === undefined) continue;
    const key = Object.freeze({ source: from.name, target: to.name, protocol });
    const known = before.get(edgeKeyText(key));
    const same = known !== undefined && known.id === id && known.source === source && known.target === target;
    edges.set(id, same ? known : Object.freeze({ ...(known ?? unseen(world.throughSec)), id, source, target, key }));
  }
  return edges;
}

/** What is known of an edge that was never seen. */
function unseen(sec: number): Pick<WorldEdge, 'stale' | 'totalRequests' | 'now' | 'history'> {
  return { stale: false, totalRequests: 0, now: quietRate(sec), history: Object.freeze([]) };
}

function sameRegions(a: readonly Region[], b: readonly Region[]): boolean {
  return a.length === b.length && a.every((region, i) => JSON.stringify(region) === JSON.stringify(b[i]));
}

function sameNode(a: WorldNode, b: WorldNode): boolean {
  return a.name === b.name && a.kind === b.kind && a.region === b.region;
}

function sameNodes(a: World['nodes'], b: World['nodes']): boolean {
  return a.size === b.size && [...b].every(([id, node]) => a.get(id) === node);
}

function sameEnds(a: World['edges'], b: World['edges']): boolean {
  return a.size === b.size && [...b].every(([id, edge]) => a.get(id)?.source === edge.source && a.get(id)?.target === edge.target);
}
