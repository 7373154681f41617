import type { Selection } from '../model/world.js';

export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}
export interface ScreenNode extends ScreenPoint {
  readonly id: number;
  readonly radius: number;
}
export interface ScreenEdge {
  readonly id: number;
  /** The curve on screen as a chain of points. */
  readonly chain: readonly ScreenPoint[];
}
export interface PickInput {
  readonly pointer: ScreenPoint;
  readonly nodes: readonly ScreenNode[];
  readonly edges: readonly ScreenEdge[];
}

// How far beside a thing a pointer may be and still mean it: a 1 px lane must be as easy to hit as a button.
const NODE_FORGIVENESS_PX = 5;
const EDGE_FORGIVENESS_PX = 11;

/** What the pointer means: a node it is on, else the nearest edge within reach, else nothing. */
export function pick({ pointer, nodes, edges }: PickInput): Selection | null {
  const node = nearest(nodes, (candidate) => Math.hypot(candidate.x - pointer.x, candidate.y - pointer.y) - candidate.radius);
  if (node !== null && node.distance <= NODE_FORGIVENESS_PX) return { kind: 'node', id: node.thing.id };
  const edge = nearest(edges, (candidate) => distanceToChain(pointer, candidate.chain));
  return edge !== null && edge.distance <= EDGE_FORGIVENESS_PX ? { kind: 'edge', id: edge.thing.id } : null;
}

function nearest<T>(things: readonly T[], distanceTo: (thing: T) => number): { thing: T; distance: number } | null {
  let best: { thing: T; distance: number } | null = null;
  for (const thing of things) {
    const distance = distanceTo(thing);
    if (best === null || distance < best.distance) best = { thing, distance };
  }
  return best;
}

function distanceToChain(point: ScreenPoint, chain: readonly ScreenPoint[]): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 1; i < chain.length; i++) {
    const [a, b] = [chain[i - 1], chain[i]];
    if (a !== undefined && b !== undefined) best = Math.min(best, distanceToSegment(point, a, b));
  }
  return best;
}

function distanceToSegment(point: ScreenPoint, a: ScreenPoint, b: ScreenPoint): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const squared = dx * dx + dy * dy;
  const t = squared === 0 ? 0 : Math.min(1, Math.max(0, ((point.x - a.x) * dx + (point.y - a.y) * dy) / squared));
  return Math.hypot(point.x - (a.x + t * dx), point.y - (a.y + t * dy));
}
