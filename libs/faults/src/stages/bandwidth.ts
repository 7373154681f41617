import type { Emission, StreamStage } from '../stream-stage.js';

// Bytes leave in slices of this much time: even to whoever reads them, and long enough for timers of whole milliseconds.
const SLICE_MS = 15;

/**
 * Bytes leave no faster than `bytesPerSec`, each slice when a line of that rate would have passed its last byte on. So no window of time sees more
 * than the rate, and an idle line saves nothing up. At 0 nothing leaves.
 */
export class Bandwidth implements StreamStage {
  readonly removal = 'flush';
  private readonly sliceBytes: number;
  /** When the line has passed on all that it was given. */
  private freeMs = -Infinity;

  constructor(private readonly bytesPerSec: number) {
    this.sliceBytes = Math.max(1, Math.floor((bytesPerSec * SLICE_MS) / 1_000));
  }

  data(bytes: Uint8Array, stampMs: number): readonly Emission[] {
    if (this.bytesPerSec === 0) return this.hold({ type: 'data', atMs: Infinity, bytes });
    this.freeMs = Math.max(this.freeMs, stampMs);
    const slices: Emission[] = [];
    for (let at = 0; at < bytes.length; at += this.sliceBytes) slices.push(this.pass(bytes.subarray(at, at + this.sliceBytes)));
    return slices;
  }

  end(stampMs: number): readonly Emission[] {
    return [{ type: 'end', atMs: Math.max(this.freeMs, stampMs) }];
  }

  private pass(bytes: Uint8Array): Emission {
    this.freeMs += (bytes.length * 1_000) / this.bytesPerSec;
    return { type: 'data', atMs: this.freeMs, bytes };
  }

  private hold(emission: Emission): readonly Emission[] {
    this.freeMs = Infinity;
    return [emission];
  }
}
