import { BoxGeometry, BufferGeometry, CylinderGeometry, LatheGeometry, SphereGeometry, Vector2 } from 'three';
import type { WorldNode } from '../model/world.js';

const ROUND = 40;

/** Turned on a lathe: the profile is (radius, height) from the bottom up. */
function turned(profile: readonly (readonly [number, number])[]): BufferGeometry {
  return new LatheGeometry(profile.map(([radius, height]) => new Vector2(radius, height)), ROUND);
}

function puck(): BufferGeometry {
  return turned([[0.5, 0], [0.54, 0.02], [0.55, 0.05], [0.55, 0.3], [0.545, 0.335], [0.52, 0.36], [0.49, 0.37], [0.48, 0.37], [0.001, 0.37]]);
}

/** Three stacked discs, the sign for a store everywhere; each a little smaller, so that they also tell it apart from straight above. */
function stack(): BufferGeometry {
  const disc = (radius: number, y: number): readonly (readonly [number, number])[] => [
    [radius - 0.04, y],
    [radius - 0.01, y + 0.01],
    [radius, y + 0.03],
    [radius, y + 0.2],
    [radius - 0.01, y + 0.225],
    [radius - 0.04, y + 0.235],
  ];
  return turned([...disc(0.56, 0), [0.4, 0.245], [0.4, 0.275], ...disc(0.49, 0.285), [0.34, 0.53], [0.34, 0.56], ...disc(0.42, 0.57), [0.37, 0.806], [0.001, 0.806]]);
}

/** A low six-sided gem: fast, small, not a store of record. */
function gem(): BufferGeometry {
  const geometry = new CylinderGeometry(0.34, 0.56, 0.26, 6, 1).toNonIndexed();
  geometry.translate(0, 0.13, 0);
  geometry.computeVertexNormals();
  return geometry;
}

function cube(): BufferGeometry {
  const geometry = new BoxGeometry(0.74, 0.55, 0.74).toNonIndexed();
  geometry.translate(0, 0.275, 0);
  return geometry;
}

function bead(): BufferGeometry {
  const geometry = new SphereGeometry(0.3, 28, 18);
  geometry.translate(0, 0.3, 0);
  return geometry;
}

/** One body a kind, told apart by outline: service puck, database stack, cache gem, external cube, client bead. Bottom at y = 0. */
export const NODE_SHAPES: Readonly<Record<WorldNode['kind'], () => BufferGeometry>> = { service: puck, database: stack, cache: gem, external: cube, client: bead };

/** Radius of the ring around a body, in world units. */
export const RING_RADIUS: Readonly<Record<WorldNode['kind'], number>> = { service: 0.95, database: 0.93, cache: 0.95, external: 0.97, client: 0.64 };
