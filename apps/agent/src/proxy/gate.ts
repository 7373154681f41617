import { performance } from 'node:perf_hooks';

// Node's timers count whole milliseconds from a cached clock, so they may fire a little early. Early is wrong for a delay; half a millisecond is not.
const EARLY_TOLERANCE_MS = 0.5;

/** Holds one thing back until a moment on the monotonic clock, or until it is let go before. One timer, and only while something is held. */
export class Gate {
  private timer: NodeJS.Timeout | null = null;
  private pass: (() => void) | null = null;

  get closed(): boolean {
    return this.pass !== null;
  }

  /** Calls `pass` once, at `dueMs` or at `open`, unless `drop` comes first. */
  hold(dueMs: number, pass: () => void): void {
    this.pass = pass;
    this.arm(dueMs);
  }

  open(): void {
    const pass = this.pass;
    this.drop();
    pass?.();
  }

  drop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.pass = null;
  }

  private arm(dueMs: number): void {
    const leftMs = dueMs - performance.now();
    this.timer = setTimeout(() => (dueMs - performance.now() > EARLY_TOLERANCE_MS ? this.arm(dueMs) : this.open()), Math.max(1, leftMs));
  }
}
