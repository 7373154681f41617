import type { Focus } from '../model/focus.js';
import { edgeWidthPx } from '../model/dot-speed.js';
import { healthOf } from '../model/health.js';
import type { NodeRate } from '../model/node-rates.js';
import { HEALTH_COLOUR, PALETTE } from '../model/palette.js';
import { recentRate } from '../model/recent-rate.js';
import type { EdgeRate, Health, Selection, WorldEdge } from '../model/world.js';
import type { EdgeLook } from './edge-table.js';
import type { NodeLook, Ring } from './node-table.js';
import { mix, rgb } from './rgb.js';
import type { Rgb } from './rgb.js';

/** What besides the numbers decides how things look. */
export interface Emphasis {
  readonly focus: Focus | null;
  readonly hovered: Selection | null;
  readonly selected: Selection | null;
  /** False while what is shown is old. */
  readonly live: boolean;
}

// Dim enough to fall back, bright enough to keep the map in mind.
const DIMMED = 0.15;

// Healthy traffic is calm: the lane gives way to the dots on it, and only a change is in full colour.
const CALM_LANE = mix(rgb(PALETTE.healthy), rgb('#2C4A60'), 0.62);

const LANE_COLOUR: Readonly<Record<Health, Rgb>> = {
  healthy: CALM_LANE,
  degraded: rgb(HEALTH_COLOUR.degraded),
  failing: rgb(HEALTH_COLOUR.failing),
  idle: mix(rgb(PALETTE.idle), rgb(PALETTE.background), 0.25),
};
// Width means traffic, so a thin lane that fails must speak up in another way: it glows.
const LOUDNESS: Readonly<Record<Health, number>> = { idle: 0, healthy: 0, degraded: 0.25, failing: 0.6 };
const OLD = rgb(PALETTE.idle);

export function edgeLook(edge: WorldEdge, { focus, hovered, selected, live }: Emphasis): EdgeLook {
  const rate = recentRate(edge);
  const health = healthOf(rate);
  const old = !live || edge.stale;
  const chosen = is(selected, 'edge', edge.id) ? 1 : is(hovered, 'edge', edge.id) ? 0.7 : 0;
  return {
    colour: old ? OLD : chosen > 0 ? rgb(HEALTH_COLOUR[health]) : LANE_COLOUR[health],
    widthPx: edgeWidthPx(rate.requestsPerSec),
    strength: focus === null || focus.edges.has(edge.id) || chosen > 0 ? 1 : DIMMED,
    highlight: old ? chosen : Math.max(chosen, LOUDNESS[health]),
    stale: edge.stale,
    spreadPx: spreadPx(rate),
  };
}

/** Dots keep to a line when all requests take as long, and stray when the slowest hundredth takes many times the middle. */
function spreadPx({ p50Ms, p99Ms }: EdgeRate): number {
  if (p50Ms === null || p99Ms === null) return 0.6;
  return Math.min(5, 0.6 + 1.1 * Math.log2(Math.max(1, p99Ms / Math.max(0.1, p50Ms))));
}

export interface NodeInput {
  readonly id: number;
  readonly rate: NodeRate;
  readonly faulted: boolean;
}

export function nodeLook({ id, rate, faulted }: NodeInput, { focus, hovered, selected, live }: Emphasis): NodeLook {
  const ring: Ring = rate.stale || !live ? 'stale' : rate.health;
  const highlight = is(selected, 'node', id) ? 1 : is(hovered, 'node', id) ? 0.7 : 0;
  return {
    colour: ring === 'stale' ? OLD : rgb(HEALTH_COLOUR[ring]),
    strength: focus === null || focus.nodes.has(id) || highlight > 0 ? 1 : DIMMED,
    highlight,
    ring,
    faulted,
  };
}

function is(selection: Selection | null, kind: Selection['kind'], id: number): boolean {
  return selection !== null && selection.kind === kind && selection.id === id;
}
