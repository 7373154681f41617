import { pointOn } from '../layout/edge-curve.js';
import { NODE_RADIUS } from '../layout/layout.js';
import type { Layout, Point } from '../layout/layout.js';
import { pick } from '../layout/pick.js';
import type { ScreenPoint } from '../layout/pick.js';
import type { Selection } from '../model/world.js';
import type { Stage } from './stage.js';

// A hand that clicks trembles; a hand that drags goes further.
const CLICK_SLOP_PX = 5;
const CHAIN_STEPS = 14;
/** Height of a body's middle. */
const BODY_Y = 0.25;

export interface PointerEvents {
  onHover(selection: Selection | null): void;
  onClick(selection: Selection | null): void;
}

/** Mouse, pen and finger on the picture: what they hover over and click. */
export class Pointer {
  private chains: readonly { readonly id: number; readonly points: readonly Point[] }[] = [];
  private bodies: readonly { readonly id: number; readonly at: Point }[] = [];
  private hovered: Selection | null = null;
  private downAt: ScreenPoint | null = null;

  constructor(
    private readonly stage: Stage,
    private readonly events: PointerEvents,
  ) {
    const { canvas } = stage;
    canvas.addEventListener('pointermove', this.onMove);
    canvas.addEventListener('pointerleave', this.onLeave);
    canvas.addEventListener('pointerdown', this.onDown);
    canvas.addEventListener('pointerup', this.onUp);
    canvas.style.cursor = 'grab';
  }

  setLayout(layout: Layout): void {
    this.chains = [...layout.edges.values()].map(({ id, points }) => ({ id, points: Array.from({ length: CHAIN_STEPS + 1 }, (_, i) => pointOn(points, i / CHAIN_STEPS)) }));
    this.bodies = [...layout.nodes.values()].map(({ id, x, z }) => ({ id, at: { x, y: BODY_Y, z } }));
    this.hover(null);
  }

  dispose(): void {
    const { canvas } = this.stage;
    canvas.removeEventListener('pointermove', this.onMove);
    canvas.removeEventListener('pointerleave', this.onLeave);
    canvas.removeEventListener('pointerdown', this.onDown);
    canvas.removeEventListener('pointerup', this.onUp);
  }

  private pickAt(pointer: ScreenPoint): Selection | null {
    const nodes = this.bodies.flatMap(({ id, at }) => {
      const place = this.stage.toScreen(at);
      return place === null ? [] : [{ id, ...place, radius: NODE_RADIUS * this.stage.pxPerUnitAt(at) }];
    });
    const edges = this.chains.map(({ id, points }) => ({ id, chain: points.flatMap((point) => this.stage.toScreen(point) ?? []) }));
    return pick({ pointer, nodes, edges });
  }

  private hover(selection: Selection | null): void {
    this.stage.canvas.style.cursor = selection === null ? 'grab' : 'pointer';
    if (selection?.kind === this.hovered?.kind && selection?.id === this.hovered?.id) return;
    this.hovered = selection;
    this.events.onHover(selection);
  }

  private readonly onMove = (event: PointerEvent): void => {
    if (event.buttons === 0 && event.pointerType !== 'touch') this.hover(this.pickAt(placeOf(event)));
  };

  private readonly onLeave = (): void => this.hover(null);

  private readonly onDown = (event: PointerEvent): void => {
    this.downAt = event.button === 0 && event.isPrimary ? placeOf(event) : null;
  };

  private readonly onUp = (event: PointerEvent): void => {
    const [from, to] = [this.downAt, placeOf(event)];
    this.downAt = null;
    if (from !== null && Math.hypot(from.x - to.x, from.y - to.y) <= CLICK_SLOP_PX) this.events.onClick(this.pickAt(to));
  };
}

function placeOf(event: PointerEvent): ScreenPoint {
  return { x: event.offsetX, y: event.offsetY };
}
