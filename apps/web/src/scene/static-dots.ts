import { emitDots } from '../model/emit-dots.js';
import type { FlyingDot } from './dot-pool.js';
import type { ScheduleInput } from './dot-schedule.js';

/**
 * For viewers who asked for less motion: as many marks on an edge as dots would be on their way, evenly apart and standing still. The count
 * is the same: requests under way = rate x travel time.
 */
export function staticDots({ edge, row, requestsPerDot }: ScheduleInput, travelSec: number, nowSec: number): readonly FlyingDot[] {
  const half = requestsPerDot / 2;
  const { dots } = emitDots({ rate: edge.now, spanSec: travelSec, requestsPerDot, debt: { requests: half, byOutcome: { ok: half, clientError: 0, failure: 0 } } });
  return dots.map((dot, i) => ({ row, travelSec: 1, leftAtSec: nowSec - (i + 0.5) / dots.length, outcome: dot.outcome, aside: 0 }));
}
