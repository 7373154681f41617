import { describe, expect, it } from 'vitest';
import { fitView, pointsOfAll, pointsOfEdge, pointsOfNode } from './fit-view.js';
import type { View } from './fit-view.js';
import type { Point } from './layout.js';
import { layoutWorld } from './layout-world.js';
import { shopGraph } from './shop-graph.js';

const layout = layoutWorld(shopGraph(), null);
const points = pointsOfAll(layout);
const FOV = Math.PI / 6;

/** Where a camera of the same place and lens really sees a point: written apart from the code under test. */
function seen(point: Point, { target, distance }: View, lens: { tiltRad: number; aspect: number }): { x: number; y: number } {
  const eye = { x: target.x, y: target.y + distance * Math.sin(lens.tiltRad), z: target.z + distance * Math.cos(lens.tiltRad) };
  const ahead = { y: -Math.sin(lens.tiltRad), z: -Math.cos(lens.tiltRad) };
  const from = { x: point.x - eye.x, y: point.y - eye.y, z: point.z - eye.z };
  const depth = from.y * ahead.y + from.z * ahead.z;
  const up = from.y * -ahead.z + from.z * ahead.y;
  const half = Math.tan(FOV / 2) * depth;
  return { x: from.x / (half * lens.aspect), y: up / half };
}

describe('fitView', () => {
  it.each([
    ['a wide screen', 1.6, 0.96],
    ['a tall screen', 0.7, 0.96],
    ['straight down', 1.3, Math.PI / 2],
  ])('shows everything and uses the room on %s', (_, aspect, tiltRad) => {
    const view = fitView({ points, tiltRad, fovRad: FOV, aspect, fill: 0.95 });
    const places = points.map((point) => seen(point, view, { tiltRad, aspect }));
    const reach = Math.max(...places.flatMap(({ x, y }) => [Math.abs(x), Math.abs(y)]));
    expect(reach).toBeLessThan(0.97);
    expect(reach).toBeGreaterThan(0.9);
  });

  it('does not crawl into a single point', () => {
    const view = fitView({ points: [{ x: 3, y: 0, z: 4 }], tiltRad: 0.9, fovRad: FOV, aspect: 1, fill: 0.5 });
    expect(view.distance).toBeGreaterThanOrEqual(6);
    expect(view.target.x).toBeCloseTo(3, 1);
  });
});

describe('points to show', () => {
  it('has none for what is not there', () => {
    expect([pointsOfNode(layout, -1), pointsOfEdge(layout, -1)]).toEqual([[], []]);
  });
});
