import type { Clock } from '../clock.js';

/** One timer for many faults: fires at the earliest moment that it was told of, and is told of the next by whoever it fires for. */
export class DueTimer {
  private armedMs = Infinity;
  private cancel: () => void = () => undefined;

  constructor(
    private readonly clock: Clock,
    private readonly fire: () => void,
  ) {}

  /** Sees to it that it fires at `dueMs` on the monotonic clock, or earlier. Once too early costs a look; so nothing is disarmed when leases move. */
  by(dueMs: number): void {
    if (dueMs >= this.armedMs) return;
    this.stop();
    this.armedMs = dueMs;
    this.cancel = this.clock.after(dueMs - this.clock.monotonicMs(), () => {
      this.armedMs = Infinity;
      this.fire();
    });
  }

  stop(): void {
    this.cancel();
    this.armedMs = Infinity;
  }
}
