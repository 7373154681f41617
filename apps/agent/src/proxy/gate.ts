import type { Deadline } from './deadline-heap.js';
import { deadlines } from './deadlines.js';

/** Holds one thing back until a moment on the monotonic clock, or until it is let go before. */
export class Gate {
  private deadline: Deadline | null = null;
  private pass: (() => void) | null = null;

  get closed(): boolean {
    return this.pass !== null;
  }

  /** Calls `pass` once, at `dueMs` or at `open`, unless `drop` comes first. What was held before is dropped. */
  hold(dueMs: number, pass: () => void): void {
    this.drop();
    this.pass = pass;
    this.deadline = deadlines.at(dueMs, () => this.open());
  }

  /** Lets go at another moment than was said; harmless when nothing is held. */
  move(dueMs: number): void {
    if (this.pass !== null) this.hold(dueMs, this.pass);
  }

  open(): void {
    const { pass } = this;
    this.drop();
    pass?.();
  }

  drop(): void {
    if (this.deadline !== null) deadlines.cancel(this.deadline);
    this.deadline = null;
    this.pass = null;
  }
}
