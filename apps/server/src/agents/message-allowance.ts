/**
 * How many messages an agent may send: a bucket that holds `burst` and refills evenly with `perSec` a second. Pure but for its own level.
 */
export class MessageAllowance {
  private level: number;
  private filledAtMs: number;

  constructor(
    private readonly limits: { readonly burst: number; readonly perSec: number },
    nowMs: number,
  ) {
    this.level = limits.burst;
    this.filledAtMs = nowMs;
  }

  /** Takes one; false when none is left. */
  take(nowMs: number): boolean {
    const elapsedSec = Math.max(0, nowMs - this.filledAtMs) / 1_000;
    this.level = Math.min(this.limits.burst, this.level + elapsedSec * this.limits.perSec);
    this.filledAtMs = nowMs;
    if (this.level < 1) return false;
    this.level -= 1;
    return true;
  }
}
