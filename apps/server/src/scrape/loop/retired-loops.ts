import type { ScrapeClock } from '../scrape-clock.js';
import type { TargetLoop } from './target-loop.js';

interface RetiredLoop {
  readonly loop: TargetLoop;
  /** Null while the last scrape is still under way. */
  endMs: number | null;
  cancel(): void;
}

/**
 * Loops of targets that are no longer found. Their series end only when the target had time to come back, here or under another job:
 *
 *     last scrape      removed      would-be tick                  would-be tick, and a tenth
 *     |----------------|------------|------------------------------|---|
 *                                   timestamp of the markers           markers are written
 *
 * By then another loop on the same series has written something newer, against which the markers do not count (Prometheus does the same).
 */
export class RetiredLoops {
  private readonly byTarget = new Map<string, RetiredLoop>();

  constructor(private readonly clock: ScrapeClock) {}

  retire(loop: TargetLoop): void {
    const retired: RetiredLoop = { loop, endMs: null, cancel: () => undefined };
    this.byTarget.set(loop.spec.id, retired);
    void loop.stop().then(() => this.plan(retired));
  }

  /** Gives back the loop of a target that is found again. */
  recall(id: string): TargetLoop | null {
    const retired = this.byTarget.get(id);
    if (retired === undefined) return null;
    this.byTarget.delete(id);
    retired.cancel();
    return retired.loop;
  }

  /** Ends all of them now. */
  async endAll(): Promise<void> {
    const nowMs = this.clock.wallMs();
    await Promise.all(
      [...this.byTarget.values()].map(async (retired) => {
        await retired.loop.abort();
        await this.end(retired, Math.min(retired.endMs ?? nowMs, nowMs));
      }),
    );
  }

  private plan(retired: RetiredLoop): void {
    const { loop } = retired;
    if (this.byTarget.get(loop.spec.id) !== retired) return;
    const endMs = loop.nextTickMs();
    retired.endMs = endMs;
    retired.cancel = this.clock.after(endMs - this.clock.wallMs() + 1.1 * loop.spec.intervalMs, () => void this.end(retired, endMs));
  }

  private async end(retired: RetiredLoop, timeMs: number): Promise<void> {
    const { loop } = retired;
    if (this.byTarget.get(loop.spec.id) !== retired) return;
    this.byTarget.delete(loop.spec.id);
    retired.cancel();
    await loop.end(timeMs);
  }
}
