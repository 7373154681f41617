import { dotSpeedPxPerSec } from '../model/dot-speed.js';
import { emitDots, freshDebt } from '../model/emit-dots.js';
import type { DotDebt } from '../model/emit-dots.js';
import type { EdgeRate, WorldEdge } from '../model/world.js';
import type { FlyingDot } from './dot-pool.js';

export interface ScheduleInput {
  readonly edge: WorldEdge;
  readonly row: number;
  readonly lengthPx: number;
  readonly requestsPerDot: number;
}

export interface Span {
  /** Scene clock at which the span begins. */
  readonly fromSec: number;
  readonly spanSec: number;
}

/** Seconds a dot needs from end to end. */
export function travelSec(lengthPx: number, p50Ms: number | null): number {
  return lengthPx / dotSpeedPxPerSec(p50Ms);
}

/** Turns seconds of traffic into dots, and remembers what each edge still owes. */
export class DotSchedule {
  private readonly debts = new Map<number, DotDebt>();
  private sent = 0;

  /** The dots of one span of `rate`. */
  dotsOf(input: ScheduleInput, rate: EdgeRate, span: Span): readonly FlyingDot[] {
    const { edge, row, requestsPerDot } = input;
    const debt = this.debts.get(edge.id) ?? freshDebt(scatter(edge.id), requestsPerDot);
    const emitted = emitDots({ rate, spanSec: span.spanSec, requestsPerDot, debt });
    this.debts.set(edge.id, emitted.debt);
    const travel = travelSec(input.lengthPx, rate.p50Ms ?? edge.now.p50Ms);
    return emitted.dots.map((dot) => ({
      row,
      leftAtSec: span.fromSec + dot.atSec,
      travelSec: travel,
      outcome: dot.outcome,
      aside: scatter(this.sent++) * 2 - 1,
    }));
  }

  /** The dots that would be on their way at `nowSec` had the picture been open before: from recorded seconds, so they count as well. */
  dotsInFlight(input: ScheduleInput, nowSec: number): readonly FlyingDot[] {
    const { edge, lengthPx } = input;
    const seconds = edge.history.slice(-Math.ceil(travelSec(lengthPx, edge.now.p50Ms)) - 1, -1);
    return seconds.flatMap((rate, i) => this.dotsOf(input, rate, { fromSec: nowSec - (seconds.length - i), spanSec: 1 }));
  }

  clear(): void {
    this.debts.clear();
  }
}

/** A number from 0 to 1 that looks random and is the same each time: multiples of the golden ratio, which spread evenly. */
export function scatter(n: number): number {
  return (n * 0.618_033_988_75) % 1;
}
