const MAX_TOLERANCE_MS = 2;
// Timers count other milliseconds than the wall clock, and so may come this much before its tick.
const MAX_EARLY_MS = 2;

/**
 * The moments at which a target is to be scraped, on the wall clock: the same ones in every life of the process, and for each target its own, so that load spreads.
 *
 *     phase      tick         tick         tick
 *     |--x-------|--x---------|--x---------|--x----
 *     0          interval     2 intervals
 */
export class TickGrid {
  private readonly phaseMs: number;
  private readonly toleranceMs: number;

  /** `spread`: any whole number that belongs to the target. */
  constructor(
    private readonly intervalMs: number,
    spread: number,
  ) {
    this.phaseMs = spread % intervalMs;
    this.toleranceMs = Math.min(MAX_TOLERANCE_MS, intervalMs / 100);
  }

  /** How long from `nowMs` to the next tick: more than 0, at most an interval. */
  untilFirst(nowMs: number): number {
    return this.tickAt(nowMs) + this.intervalMs - nowMs;
  }

  /**
   * The timestamp of a scrape that begins now: that of its tick, where a timer was late or early by next to nothing, because regular times take less room in a store
   * (Prometheus, `scrape.timestamp-tolerance`).
   */
  timestampAt(nowMs: number): number {
    const tick = this.tickAt(nowMs + this.toleranceMs);
    return Math.abs(nowMs - tick) <= this.toleranceMs ? tick : nowMs;
  }

  /** How long to wait after a scrape that began at `beganMs`: to the tick after it, which may have gone by already. Clocks that are set back do not make it longer than that. */
  untilNext(beganMs: number, nowMs: number): number {
    const nextMs = this.tickAt(beganMs + Math.min(MAX_EARLY_MS, this.intervalMs / 2)) + this.intervalMs;
    return Math.min(Math.max(nextMs - nowMs, 0), this.intervalMs + MAX_EARLY_MS);
  }

  /** The last one until `ms`. */
  private tickAt(ms: number): number {
    return Math.floor((ms - this.phaseMs) / this.intervalMs) * this.intervalMs + this.phaseMs;
  }
}
