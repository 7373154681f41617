import { performance } from 'node:perf_hooks';
import { DeadlineHeap } from './deadline-heap.js';
import type { Deadline } from './deadline-heap.js';

// Node's timers count whole milliseconds from a cached clock and so err by about one either way. The timer is set to end this much before the
// moment, and the event loop turns without sleeping for what is left: that alone costs processor time, and only while something is due this soon.
const TURN_MS = 1.5;
// Each turn of the event loop makes garbage, and collecting that would cost the very precision it is turned for: so each turn watches the clock this long.
const WATCH_MS = 0.01;
// Longer timers overflow in Node and would end at once.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Every moment that the proxies of this process wait for, on one timer. Nothing happens early, and on an idle loop it is late by microseconds. */
class Deadlines {
  private readonly heap = new DeadlineHeap();
  private timer: NodeJS.Timeout | null = null;
  private timerForMs = Infinity;
  private turning = false;

  /** Calls `act` at `dueMs` on the monotonic clock, never at once; a moment that has passed is the next turn of the event loop. */
  at(dueMs: number, act: () => void): Deadline {
    const deadline: Deadline = { dueMs, act, place: -1 };
    this.heap.add(deadline);
    if (this.heap.first === deadline) this.arm();
    return deadline;
  }

  /** Harmless when it is over. */
  cancel(deadline: Deadline): void {
    this.heap.remove(deadline);
    // A timer for nothing would keep the process alive; one that is only too early finds that out by itself.
    if (this.heap.first === undefined) this.disarm();
  }

  private arm(): void {
    const next = this.heap.first;
    if (next === undefined) return this.disarm();
    const leftMs = next.dueMs - performance.now();
    if (leftMs <= TURN_MS) this.turn();
    else if (next.dueMs < this.timerForMs) this.setTimer(next.dueMs, leftMs - TURN_MS);
  }

  private setTimer(dueMs: number, waitMs: number): void {
    this.disarm();
    this.timerForMs = dueMs;
    this.timer = setTimeout(() => {
      this.disarm();
      this.arm();
    }, Math.min(LONGEST_TIMER_MS, waitMs));
  }

  private disarm(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.timerForMs = Infinity;
  }

  private turn(): void {
    if (this.turning) return;
    this.turning = true;
    setImmediate(() => {
      this.turning = false;
      this.actOnDue(this.watchClock());
      this.arm();
    });
  }

  /** Until the next moment or for as long as sockets may wait, whichever is sooner; gives the time then. */
  private watchClock(): number {
    let nowMs = performance.now();
    const untilMs = Math.min(nowMs + WATCH_MS, this.heap.first?.dueMs ?? nowMs);
    while (nowMs < untilMs) nowMs = performance.now();
    return nowMs;
  }

  private actOnDue(nowMs: number): void {
    for (let next = this.heap.first; next !== undefined && next.dueMs <= nowMs; next = this.heap.first) {
      this.heap.remove(next);
      next.act();
    }
  }
}

export const deadlines = new Deadlines();
