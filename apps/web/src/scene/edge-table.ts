import type { EdgeCurve } from '../layout/layout.js';
import type { Rgb } from './rgb.js';
import { RowTexture } from './row-texture.js';

/**
 * Curves and looks of all edges, one row an edge, one texel a column:
 *
 *   p0.xyz width | p1.xyz strength | p2.xyz highlight | p3.xyz stale | r g b - | spread - - -
 */
export const EDGE_TEXELS = { p0: 0, p1: 1, p2: 2, p3: 3, colour: 4, state: 5 } as const;
const COLUMNS = 6;

/** How an edge looks; changes are eased. */
export interface EdgeLook {
  readonly colour: Rgb;
  readonly widthPx: number;
  /** 1 at full strength, less when something else is in focus. */
  readonly strength: number;
  /** How brightly it glows, 0 to 1: 1 when selected. */
  readonly highlight: number;
  readonly stale: boolean;
  /** How far dots may stray from the middle of the lane, in pixels. */
  readonly spreadPx: number;
}

export class EdgeTable extends RowTexture {
  constructor() {
    super(COLUMNS);
  }

  setCurves(curves: ReadonlyMap<number, EdgeCurve>): void {
    this.join(curves);
    for (const [id, { points }] of curves) points.forEach(({ x, y, z }, i) => this.write(id, i * 4, [x, y, z]));
  }

  setLook(id: number, look: EdgeLook): void {
    this.aim(id, EDGE_TEXELS.p0 * 4 + 3, [look.widthPx]);
    this.aim(id, EDGE_TEXELS.p1 * 4 + 3, [look.strength]);
    this.aim(id, EDGE_TEXELS.p2 * 4 + 3, [look.highlight]);
    this.write(id, EDGE_TEXELS.p3 * 4 + 3, [look.stale ? 1 : 0]);
    this.aim(id, EDGE_TEXELS.colour * 4, look.colour);
    this.write(id, EDGE_TEXELS.state * 4, [look.spreadPx]);
  }
}
