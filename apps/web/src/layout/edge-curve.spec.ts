import { describe, expect, it } from 'vitest';
import { edgeCurve, pointOn } from './edge-curve.js';
import { NODE_RADIUS } from './layout.js';

const A = { x: 0, z: 0 };
const B = { x: 10, z: 0 };

describe('edgeCurve', () => {
  it('begins and ends at the sides of its nodes', () => {
    const { points } = edgeCurve(1, A, B);
    expect(Math.hypot(points[0].x - A.x, points[0].z - A.z)).toBeGreaterThanOrEqual(NODE_RADIUS);
    expect(Math.hypot(points[3].x - B.x, points[3].z - B.z)).toBeGreaterThanOrEqual(NODE_RADIUS);
  });

  it('keeps a call and its opposite on different sides all the way', () => {
    const [there, back] = [edgeCurve(1, A, B), edgeCurve(2, B, A)];
    for (const t of [0, 0.25, 0.5, 0.75, 1]) {
      expect(pointOn(there.points, t).z).toBeGreaterThan(0);
      expect(pointOn(back.points, t).z).toBeLessThan(0);
    }
  });

  it('rises higher over a longer way, up to a limit', () => {
    const top = (distance: number) => pointOn(edgeCurve(1, A, { x: distance, z: 0 }).points, 0.5).y;
    expect(top(10)).toBeGreaterThan(top(3));
    expect(top(1_000)).toBe(top(2_000));
  });

  it('is about as long as the way, a little more for its bend', () => {
    const { length } = edgeCurve(1, A, B);
    expect(length).toBeGreaterThan(10 - 2 * (NODE_RADIUS + 0.2));
    expect(length).toBeLessThan(12);
  });

  it('stays finite between nodes at one place', () => {
    const { points, length } = edgeCurve(1, A, A);
    expect(points.every(({ x, y, z }) => [x, y, z].every(Number.isFinite)) && Number.isFinite(length)).toBe(true);
  });
});
