import type { Region } from '#contracts';
import { ROW_GAP } from './layout.js';
import type { Platform } from './layout.js';
import type { Offset } from './place-in-region.js';

const PAD_SIDE = 2.3;
const PAD_FRONT = 2.7;
const PAD_BACK = 2.0;
const MIN_WIDTH = 7.5;
const MIN_DEPTH = 6;
const GAP = 2.2;
/** How far the outermost step back. Half a row: calls between neighbours then run between the rows of a platform instead of through its nodes. */
const STEP_BACK = ROW_GAP / 2;
// Up to four stand side by side; more would make every name too small to read, so they form further lines behind, north at the back.
const PER_LINE = 4;

export interface Extent {
  readonly region: number;
  readonly places: readonly Offset[];
}

/** Platforms side by side from west to east, each just large enough for its nodes, with the fronts on a gentle arc. */
export function placePlatforms(regions: readonly Region[], extents: readonly Extent[]): ReadonlyMap<number, Platform> {
  const lines = linesOf(regions, extents);
  const platforms = new Map<number, Platform>();
  let frontZ = 0;
  for (const line of lines) {
    const sized = line.map((extent) => ({ region: extent.region, ...sizeOf(extent.places) }));
    const total = sized.reduce((sum, { width }) => sum + width, 0) + GAP * (sized.length - 1);
    let left = -total / 2;
    for (const { region, width, depth } of sized) {
      const x = left + width / 2;
      platforms.set(region, { region, x, z: frontZ - depth / 2 - STEP_BACK * steppedBack(x, total / 2), width, depth });
      left += width + GAP;
    }
    frontZ -= Math.max(...sized.map(({ depth }) => depth)) + GAP + STEP_BACK;
  }
  return platforms;
}

/** 0 in the middle, 1 for the outer ones: the eye reads one curved stage instead of a shelf. */
function steppedBack(x: number, halfWidth: number): number {
  return Math.min(1, (1.5 * Math.abs(x)) / Math.max(1, halfWidth));
}

/** Lines front to back, each west to east. */
function linesOf(regions: readonly Region[], extents: readonly Extent[]): readonly (readonly Extent[])[] {
  const at = (extent: Extent) => regions[extent.region];
  const latitude = (extent: Extent) => at(extent)?.latitudeDeg ?? 0;
  const longitude = (extent: Extent) => at(extent)?.longitudeDeg ?? 0;
  const southFirst = [...extents].sort((a, b) => latitude(a) - latitude(b) || a.region - b.region);
  const count = Math.ceil(extents.length / PER_LINE);
  const perLine = Math.ceil(extents.length / Math.max(1, count));
  return Array.from({ length: count }, (_, i) =>
    southFirst.slice(i * perLine, (i + 1) * perLine).sort((a, b) => longitude(a) - longitude(b) || a.region - b.region),
  );
}

/** Symmetric about the middle, so that a node added on one side moves nothing on the other. */
function sizeOf(places: readonly Offset[]): { width: number; depth: number } {
  const reach = (values: readonly number[]) => Math.max(0, ...values.map(Math.abs));
  return {
    width: Math.max(MIN_WIDTH, 2 * (reach(places.map(({ x }) => x)) + PAD_SIDE)),
    depth: Math.max(MIN_DEPTH, 2 * reach(places.map(({ z }) => z)) + PAD_FRONT + PAD_BACK),
  };
}

/** Where a place on a platform is in the world; the front has more room than the back, because names hang down from nodes. */
export function onPlatform(platform: Platform, offset: Offset): { x: number; z: number } {
  return { x: platform.x + offset.x, z: platform.z + offset.z - (PAD_FRONT - PAD_BACK) / 2 };
}
