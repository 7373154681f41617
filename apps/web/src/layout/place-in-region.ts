import { COLUMN_GAP, MIN_NODE_GAP, ROW_GAP } from './layout.js';
import type { Graph } from './layout.js';
import type { Rows } from './region-rows.js';

/** A place relative to the middle of the platform. */
export interface Offset {
  readonly x: number;
  readonly z: number;
}

export interface RegionPlacing {
  readonly graph: Graph;
  readonly rows: Rows;
  /** West to east, -1 to 1 and beyond: which way another node lies, for nodes of other regions. */
  readonly pullOf: (nodeId: number) => number;
  /** Where nodes of this region stand already, by name; they stay there. */
  readonly kept: ReadonlyMap<string, Offset>;
}

/** A place for each node of a region. Nodes with a kept place do not move; a new one takes the free place nearest to its planned one. */
export function placeInRegion(placing: RegionPlacing): ReadonlyMap<number, Offset> {
  const planned = planRows(placing);
  const places = new Map<number, Offset>();
  for (const id of planned.keys()) {
    const kept = placing.kept.get(placing.graph.nodes.get(id)?.name ?? '');
    if (kept !== undefined) places.set(id, kept);
  }
  for (const [id, wish] of planned) {
    if (!places.has(id)) places.set(id, nearestFree(wish, [...places.values()]));
  }
  return places;
}

// Neighbouring rows stand a little off each other, so that a call across one row does not run through a node.
const STAGGER = 0.62;

function planRows({ graph, rows, pullOf }: RegionPlacing): ReadonlyMap<number, Offset> {
  const planned = new Map<number, Offset>();
  const back = ((rows.length - 1) * ROW_GAP) / 2;
  rows.forEach((row, r) => {
    const wish = (id: number) => meanPull(graph, id, (other) => planned.get(other)?.x ?? pullOf(other));
    const ordered = [...row].map((id) => ({ id, pull: wish(id) })).sort((a, b) => a.pull - b.pull);
    const shift = row.length > 1 ? (r % 2 === 0 ? STAGGER : -STAGGER) : 0;
    ordered.forEach(({ id }, i) => planned.set(id, { x: (i - (row.length - 1) / 2) * COLUMN_GAP + shift, z: back - r * ROW_GAP }));
  });
  return planned;
}

function meanPull({ edges }: Graph, id: number, pullOf: (other: number) => number): number {
  const pulls: number[] = [];
  for (const { source, target } of edges.values()) {
    if (source === id) pulls.push(pullOf(target));
    if (target === id) pulls.push(pullOf(source));
  }
  return pulls.length === 0 ? 0 : pulls.reduce((sum, pull) => sum + pull, 0) / pulls.length;
}

function nearestFree(wish: Offset, taken: readonly Offset[]): Offset {
  const free = (at: Offset) => taken.every((other) => Math.hypot(other.x - at.x, other.z - at.z) >= MIN_NODE_GAP);
  for (let ring = 0; ; ring++) {
    const candidates = ringOf(wish, ring).filter(free);
    if (candidates[0] !== undefined) return candidates[0];
  }
}

/** Places at the same distance, sideways first: a row that grows is less of a change than a new row. */
function ringOf(centre: Offset, ring: number): readonly Offset[] {
  if (ring === 0) return [centre];
  const [dx, dz] = [(ring * COLUMN_GAP) / 2, (ring * ROW_GAP) / 2];
  const steps: readonly (readonly [number, number])[] = [[dx, 0], [-dx, 0], [dx, -dz], [-dx, -dz], [0, -dz], [dx, dz], [-dx, dz], [0, dz]];
  return steps.map(([x, z]) => ({ x: centre.x + x, z: centre.z + z }));
}
