import type { Random } from '../random.js';
import type { Emission, StreamStage } from '../stream-stage.js';

interface DelayParams {
  readonly latencyMs: number;
  /** Evenly spread, either way. */
  readonly jitterMs: number;
}

/** Each chunk leaves `latencyMs` plus or minus `jitterMs` after it came. The end is not delayed; it only waits for the bytes in front of it. */
export class Delay implements StreamStage {
  readonly removal = 'flush';
  private lastMs = -Infinity;

  constructor(
    private readonly params: DelayParams,
    private readonly random: Random,
  ) {}

  data(bytes: Uint8Array, stampMs: number): readonly Emission[] {
    return [{ type: 'data', atMs: this.inOrder(stampMs + this.delayMs()), bytes }];
  }

  end(stampMs: number): readonly Emission[] {
    return [{ type: 'end', atMs: this.inOrder(stampMs) }];
  }

  private delayMs(): number {
    const { latencyMs, jitterMs } = this.params;
    return jitterMs > 0 ? Math.max(0, latencyMs + (this.random() * 2 - 1) * jitterMs) : latencyMs;
  }

  private inOrder(atMs: number): number {
    this.lastMs = Math.max(this.lastMs, atMs);
    return this.lastMs;
  }
}
