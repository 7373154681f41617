import type { Region } from '#contracts';
import type { WorldEdge, WorldNode } from '../model/world.js';

/**
 * Where everything stands. World units; x to the right (east), y up, z towards the viewer.
 *
 *              stores   (back, -z)
 *   west  ┌─ platform ─┐ ┌─ platform ─┐  east
 *         └─ entries ──┘ └─ entries ──┘
 *            ·  ·  ·  clients  ·  ·  ·   (rim, +z)
 */
export interface Layout {
  /** By region index; a region in which only clients stand has none. */
  readonly platforms: ReadonlyMap<number, Platform>;
  readonly nodes: ReadonlyMap<number, NodePlace>;
  readonly edges: ReadonlyMap<number, EdgeCurve>;
}

export interface Platform {
  readonly region: number;
  readonly x: number;
  readonly z: number;
  readonly width: number;
  readonly depth: number;
}

export interface NodePlace {
  readonly id: number;
  readonly name: string;
  /** Index of the region on whose platform it stands; null on the rim. */
  readonly platform: number | null;
  readonly x: number;
  readonly z: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** A cubic Bezier curve from the source's side to the target's. */
export interface EdgeCurve {
  readonly id: number;
  readonly points: readonly [Point, Point, Point, Point];
  readonly length: number;
}

export interface Graph {
  readonly regions: readonly Region[];
  readonly nodes: ReadonlyMap<number, WorldNode>;
  readonly edges: ReadonlyMap<number, WorldEdge>;
}

// Two labels of 16 letters fit side by side, and a name fits between two rows, at the default framing of a laptop screen.
export const COLUMN_GAP = 4.4;
export const ROW_GAP = 5.2;
/** No two nodes stand closer than this. */
export const MIN_NODE_GAP = 2.6;
export const NODE_RADIUS = 0.72;
