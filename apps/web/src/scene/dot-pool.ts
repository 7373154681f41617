import type { InstancedBufferAttribute } from 'three';
import type { DotOutcome } from '../model/emit-dots.js';

/** One dot on its way. Nothing of it changes after it left: where it is follows from the clock. */
export interface FlyingDot {
  readonly row: number;
  /** Scene clock, seconds. */
  readonly leftAtSec: number;
  readonly travelSec: number;
  readonly outcome: DotOutcome;
  /** Where in the width of the lane, -1 to 1. */
  readonly aside: number;
}

const OUTCOME_CODE: Readonly<Record<DotOutcome, number>> = { ok: 0, clientError: 1, failure: 2 };

/**
 * Ring of dots in GPU memory: new ones overwrite the oldest, and only what was written since the last frame is uploaded.
 * A row is (edge row, left at, 1 / travel seconds, outcome + place in the lane).
 */
export class DotPool {
  private next = 0;
  private used = 0;

  constructor(private readonly attribute: InstancedBufferAttribute) {}

  get count(): number {
    return this.used;
  }

  add(dot: FlyingDot): void {
    const at = this.next;
    // Lane place in 0.1 to 0.9, so that it shares a float with the outcome.
    const packed = OUTCOME_CODE[dot.outcome] + 0.5 + dot.aside * 0.4;
    this.attribute.setXYZW(at, dot.row, dot.leftAtSec, 1 / Math.max(0.05, dot.travelSec), packed);
    this.attribute.addUpdateRange(at * 4, 4);
    this.attribute.needsUpdate = true;
    this.next = (at + 1) % this.attribute.count;
    this.used = Math.max(this.used, at + 1);
  }

  /** Moves the zero of the clock, which keeps times small enough for the floats of a GPU. */
  shiftClock(bySec: number): void {
    for (let i = 0; i < this.used; i++) this.attribute.setY(i, this.attribute.getY(i) - bySec);
    this.attribute.clearUpdateRanges();
    this.attribute.needsUpdate = true;
  }

  clear(): void {
    this.next = 0;
    this.used = 0;
  }
}
