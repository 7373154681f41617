import { NODE_RADIUS } from './layout.js';
import type { EdgeCurve, Point } from './layout.js';

interface Spot {
  readonly x: number;
  readonly z: number;
}

/** Height at which edges meet their nodes. */
const DOCK_Y = 0.34;
// Half the distance between the lanes of a call and its opposite: traffic keeps to the right, as on a road.
const LANE = 0.17;
const BOW_SHARE = 0.095;
const LIFT_SHARE = 0.19;
const MAX_LIFT = 5.2;

/** From `source` to `target`: docks at their sides, keeps to the right, and rises over what lies between, higher for a longer way. */
export function edgeCurve(id: number, source: Spot, target: Spot): EdgeCurve {
  const way = { x: target.x - source.x, z: target.z - source.z };
  const distance = Math.max(1e-6, Math.hypot(way.x, way.z));
  const ahead = { x: way.x / distance, z: way.z / distance };
  const right = { x: -ahead.z, z: ahead.x };
  const lift = Math.min(MAX_LIFT, 0.15 + LIFT_SHARE * distance);
  const bow = LANE + BOW_SHARE * distance;
  const inset = Math.min(NODE_RADIUS + 0.1, distance / 3);
  const at = (along: number, aside: number, y: number): Point => ({
    x: source.x + ahead.x * along + right.x * aside,
    y,
    z: source.z + ahead.z * along + right.z * aside,
  });
  const points: EdgeCurve['points'] = [
    at(inset, LANE, DOCK_Y),
    at(distance * 0.28, bow, DOCK_Y + lift),
    at(distance * 0.72, bow, DOCK_Y + lift),
    at(distance - inset, LANE, DOCK_Y),
  ];
  return { id, points, length: lengthOf(points) };
}

/** The point at `t` from 0 (source) to 1 (target). The shaders hold the same formula (scene/edge-glsl.ts). */
export function pointOn(points: EdgeCurve['points'], t: number): Point {
  const s = 1 - t;
  const weights = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t] as const;
  const sum = (axis: keyof Point) => points.reduce((total, point, i) => total + point[axis] * (weights[i] ?? 0), 0);
  return { x: sum('x'), y: sum('y'), z: sum('z') };
}

const LENGTH_STEPS = 16;

function lengthOf(points: EdgeCurve['points']): number {
  let length = 0;
  let last = pointOn(points, 0);
  for (let i = 1; i <= LENGTH_STEPS; i++) {
    const next = pointOn(points, i / LENGTH_STEPS);
    length += Math.hypot(next.x - last.x, next.y - last.y, next.z - last.z);
    last = next;
  }
  return length;
}
