import { byName } from './causal-depth.js';
import type { Graph, Platform } from './layout.js';

/** Clients keep this distance from each other and from the platforms' fronts. */
const CLIENT_GAP = 3.6;
const RIM_CLEARANCE = 6;
/** How far the ends of the rim come back towards the platforms. */
const RIM_RISE = 3.8;

export interface ClientsInput {
  readonly graph: Graph;
  readonly platforms: ReadonlyMap<number, Platform>;
}

/**
 * Clients on a rim in front of the platforms, grouped by region and in the order of whom they call, so that their calls do not cross:
 *
 *    [ platform ] [ platform ] [ platform ]
 *   c                                     c
 *       c      c      c      c      c
 */
export function placeClients({ graph, platforms }: ClientsInput): ReadonlyMap<number, { x: number; z: number }> {
  const ids = byName(graph.nodes).filter((id) => graph.nodes.get(id)?.kind === 'client');
  const ordered = ids
    .map((id) => ({ id, group: groupX(graph, platforms, id), wish: calledX(graph, platforms, id) }))
    .sort((a, b) => a.wish - b.wish || a.group - b.group);
  const half = Math.max(stageHalfWidth(platforms) * 0.86, ((ordered.length - 1) * CLIENT_GAP) / 2);
  return new Map(
    ordered.map(({ id }, i) => {
      const t = ordered.length === 1 ? 0 : (2 * i) / (ordered.length - 1) - 1;
      return [id, { x: t * half, z: frontOf(platforms) + RIM_CLEARANCE - RIM_RISE * t * t }];
    }),
  );
}

function stageHalfWidth(platforms: ReadonlyMap<number, Platform>): number {
  return Math.max(6, ...[...platforms.values()].map(({ x, width }) => Math.abs(x) + width / 2));
}

function frontOf(platforms: ReadonlyMap<number, Platform>): number {
  return Math.max(0, ...[...platforms.values()].map(({ z, depth }) => z + depth / 2));
}

function groupX({ nodes, regions }: Graph, platforms: ReadonlyMap<number, Platform>, id: number): number {
  const region = nodes.get(id)?.region ?? 0;
  return platforms.get(region)?.x ?? (regions[region]?.longitudeDeg ?? 0) / 10;
}

function calledX({ nodes, edges }: Graph, platforms: ReadonlyMap<number, Platform>, id: number): number {
  const called = [...edges.values()].filter((edge) => edge.source === id).map((edge) => platforms.get(nodes.get(edge.target)?.region ?? -1)?.x ?? 0);
  return called.length === 0 ? 0 : called.reduce((sum, x) => sum + x, 0) / called.length;
}
