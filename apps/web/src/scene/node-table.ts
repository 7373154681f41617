import type { NodePlace } from '../layout/layout.js';
import type { Rgb } from './rgb.js';
import { RowTexture } from './row-texture.js';

/** Places and looks of all nodes: `x y z ripple-at | r g b strength | highlight ring faulted -`. */
export const NODE_TEXELS = { place: 0, colour: 1, state: 2 } as const;
const COLUMNS = 3;

/** Each state has its own shape of ring, so that none is told by colour alone. */
export const RING_CODE = { idle: 0, healthy: 1, degraded: 2, failing: 3, stale: 4 } as const;
export type Ring = keyof typeof RING_CODE;

export interface NodeLook {
  readonly colour: Rgb;
  readonly strength: number;
  readonly highlight: number;
  readonly ring: Ring;
  /** A fault acts on a call into this node. */
  readonly faulted: boolean;
}

// Long before the clock starts: no ripple.
const NEVER = -100;

export class NodeTable extends RowTexture {
  constructor() {
    super(COLUMNS);
  }

  setPlaces(places: ReadonlyMap<number, NodePlace>): void {
    for (const id of this.join(places)) this.stopRipple(id);
    for (const [id, { x, z }] of places) this.write(id, NODE_TEXELS.place * 4, [x, 0, z]);
  }

  setLook(id: number, look: NodeLook): void {
    this.aim(id, NODE_TEXELS.colour * 4, [...look.colour, look.strength]);
    this.aim(id, NODE_TEXELS.state * 4, [look.highlight]);
    this.write(id, NODE_TEXELS.state * 4 + 1, [RING_CODE[look.ring], look.faulted ? 1 : 0]);
  }

  stopRipple(id: number): void {
    this.ripple(id, NEVER);
  }

  ripple(id: number, nowSec: number): void {
    this.write(id, NODE_TEXELS.place * 4 + 3, [nowSec]);
  }
}
