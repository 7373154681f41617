import { steadyDotScale } from '../model/dot-scale.js';
import type { World, WorldEdge } from '../model/world.js';
import type { Layout } from '../layout/layout.js';
import type { DotPool } from './dot-pool.js';
import { DotSchedule, travelSec } from './dot-schedule.js';
import type { ScheduleInput } from './dot-schedule.js';
import type { EdgeTable } from './edge-table.js';
import { staticDots } from './static-dots.js';

// More dots than this on one edge run into each other; more than this in all is noise, not a count.
const MAX_DOTS_PER_SEC_ON_EDGE = 32;
const MAX_DOTS_PER_SEC = 240;
// A second of traffic is played this much after it arrives, so that a tick that comes a little late leaves no hole.
const PLAYOUT_DELAY_SEC = 0.25;
const RESYNC_SEC = 0.8;

export interface FlowInput {
  readonly world: World;
  readonly layout: Layout;
  readonly table: EdgeTable;
  /** Scene clock, seconds. */
  readonly nowSec: number;
  /** Pixels to a world unit at the default framing. */
  readonly pxPerUnit: number;
}

/** Feeds the pool: each second of traffic that arrives leaves as dots during the next second of the scene clock. */
export class DotFlow {
  private readonly schedule = new DotSchedule();
  private throughSec = 0;
  private playedUntilSec = 0;
  private scale = 1;
  private restart = true;

  constructor(
    private readonly pool: DotPool,
    private readonly still: boolean,
  ) {}

  get requestsPerDot(): number {
    return this.scale;
  }

  /** The next tick starts from recorded history: after a pause, a hidden tab or a new layout the dots on screen are not the traffic any more. */
  startOver(): void {
    this.restart = true;
  }

  shiftClock(bySec: number): void {
    this.pool.shiftClock(bySec);
    this.playedUntilSec -= bySec;
  }

  /** A second goes by undrawn: motion is paused. */
  pass(throughSec: number): void {
    this.throughSec = throughSec;
  }

  tick(input: FlowInput): void {
    const { world, nowSec } = input;
    const elapsedSec = world.throughSec - this.throughSec;
    const scale = scaleFor(this.scale, world);
    const fresh = this.restart || scale !== this.scale || elapsedSec < 0;
    this.scale = scale;
    if (elapsedSec === 0 && !fresh) return;
    this.throughSec = world.throughSec;
    this.restart = false;
    if (this.still) this.placeStill(input);
    else if (fresh) this.fill(input);
    else this.play(input, elapsedSec, Math.abs(this.playedUntilSec - nowSec) < RESYNC_SEC ? this.playedUntilSec : nowSec + PLAYOUT_DELAY_SEC);
  }

  private play(input: FlowInput, spanSec: number, fromSec: number): void {
    // After a long silence the flood of what was missed would be drawn as one burst that never happened.
    const playedSec = Math.min(spanSec, 5);
    for (const edge of input.world.edges.values()) {
      const to = this.scheduled(edge, input);
      if (to === null) continue;
      for (const dot of this.schedule.dotsOf(to, edge.now, { fromSec, spanSec: playedSec })) this.pool.add(dot);
    }
    this.playedUntilSec = fromSec + playedSec;
  }

  private fill(input: FlowInput): void {
    this.pool.clear();
    this.schedule.clear();
    for (const edge of input.world.edges.values()) {
      const to = this.scheduled(edge, input);
      if (to === null) continue;
      for (const dot of this.schedule.dotsInFlight(to, input.nowSec + PLAYOUT_DELAY_SEC)) this.pool.add(dot);
    }
    this.play(input, 1, input.nowSec + PLAYOUT_DELAY_SEC);
  }

  private placeStill(input: FlowInput): void {
    this.pool.clear();
    for (const edge of input.world.edges.values()) {
      const to = this.scheduled(edge, input);
      if (to === null) continue;
      for (const dot of staticDots(to, travelSec(to.lengthPx, edge.now.p50Ms), input.nowSec)) this.pool.add(dot);
    }
  }

  private scheduled(edge: WorldEdge, { layout, table, pxPerUnit }: FlowInput): ScheduleInput | null {
    const row = table.rowOf(edge.id);
    const curve = layout.edges.get(edge.id);
    if (row === null || curve === undefined || edge.stale) return null;
    return { edge, row, lengthPx: curve.length * pxPerUnit, requestsPerDot: this.scale };
  }
}

function scaleFor(current: number, world: World): number {
  let total = 0;
  let busiest = 0;
  for (const { now, stale } of world.edges.values()) {
    if (stale) continue;
    total += now.requestsPerSec;
    busiest = Math.max(busiest, now.requestsPerSec);
  }
  return Math.max(steadyDotScale(current, total, MAX_DOTS_PER_SEC), steadyDotScale(current, busiest, MAX_DOTS_PER_SEC_ON_EDGE));
}
