import type { Layout, Point } from './layout.js';
import { pointOn } from './edge-curve.js';

/** A camera that looks at `target` from `distance`, from the south, `tiltRad` above the horizon. */
export interface View {
  readonly target: Point;
  readonly distance: number;
}

export interface FitInput {
  readonly points: readonly Point[];
  readonly tiltRad: number;
  readonly fovRad: number;
  /** Width by height of the free part of the canvas. */
  readonly aspect: number;
  /** Share of the free part that the points may fill, 0 to 1. */
  readonly fill: number;
}

const ROUNDS = 24;
const MIN_DISTANCE = 6;

/** The closest view that holds all points, centred. Found by correcting the error of the last try: perspective makes a formula longer than this. */
export function fitView(input: FitInput): View {
  const { points, tiltRad, fovRad, aspect, fill } = input;
  let view: View = { target: { x: 0, y: 0, z: 0 }, distance: 60 };
  for (let round = 0; round < ROUNDS; round++) {
    const box = boxOf(points.map((point) => project(point, view, input)));
    const halfHeight = Math.tan(fovRad / 2) * view.distance;
    const [moveX, moveUp] = [((box.left + box.right) / 2) * halfHeight * aspect, ((box.bottom + box.top) / 2) * halfHeight];
    // Upwards on screen is away from the viewer on the ground.
    const target = { x: view.target.x + moveX, y: 0, z: view.target.z - moveUp / Math.max(0.2, Math.sin(tiltRad)) };
    const spread = Math.max(box.right - box.left, box.top - box.bottom) / 2;
    view = { target, distance: Math.max(MIN_DISTANCE, view.distance * Math.min(1.6, Math.max(0.6, spread / fill))) };
  }
  return view;
}

/** Screen position of a point, -1 to 1 from edge to edge. */
function project(point: Point, { target, distance }: View, { tiltRad, fovRad, aspect }: FitInput): { x: number; y: number } {
  const [sin, cos] = [Math.sin(tiltRad), Math.cos(tiltRad)];
  const [dx, dy, dz] = [point.x - target.x, point.y - target.y, point.z - target.z];
  const away = Math.max(1, distance - (dy * sin + dz * cos));
  const scale = 1 / (Math.tan(fovRad / 2) * away);
  return { x: (dx * scale) / aspect, y: (dy * cos - dz * sin) * scale };
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

function boxOf(points: readonly { x: number; y: number }[]): Box {
  if (points.length === 0) return { left: -1, right: 1, bottom: -1, top: 1 };
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs), bottom: Math.min(...ys), top: Math.max(...ys) };
}

/** Room around a node for its body and its name. */
const NAME_ROOM = { x: 1.9, front: 1.3, y: 0.9 };

/** The points that must be on screen to see everything. */
export function pointsOfAll(layout: Layout): readonly Point[] {
  const corners = [...layout.platforms.values()].flatMap(({ x, z, width, depth }) =>
    [-1, 1].flatMap((side) => [-1, 1].map((end) => ({ x: x + (side * width) / 2, y: 0, z: z + (end * depth) / 2 }))),
  );
  return [...corners, ...[...layout.nodes.keys()].flatMap((id) => pointsOfNode(layout, id))];
}

export function pointsOfNode(layout: Layout, id: number): readonly Point[] {
  const place = layout.nodes.get(id);
  if (place === undefined) return [];
  const { x, z } = place;
  return [{ x: x - NAME_ROOM.x, y: 0, z: z + NAME_ROOM.front }, { x: x + NAME_ROOM.x, y: 0, z: z + NAME_ROOM.front }, { x, y: NAME_ROOM.y, z }];
}

export function pointsOfEdge(layout: Layout, id: number): readonly Point[] {
  const curve = layout.edges.get(id);
  return curve === undefined ? [] : [0, 0.25, 0.5, 0.75, 1].map((t) => pointOn(curve.points, t));
}
