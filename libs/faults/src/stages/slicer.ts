import type { Random } from '../random.js';
import type { Emission, StreamStage } from '../stream-stage.js';

interface SlicerParams {
  /** 1 or more. */
  readonly averageBytes: number;
  /** Evenly spread, either way; below `averageBytes`. */
  readonly variationBytes: number;
  readonly pauseMicros: number;
}

/** Bytes leave in small pieces, each after the pause behind the one before it. */
export class Slicer implements StreamStage {
  readonly removal = 'flush';
  /** When the pause behind the last piece is over. */
  private freeMs = -Infinity;

  constructor(
    private readonly params: SlicerParams,
    private readonly random: Random,
  ) {}

  data(bytes: Uint8Array, stampMs: number): readonly Emission[] {
    this.freeMs = Math.max(this.freeMs, stampMs);
    const pieces: Emission[] = [];
    for (let at = 0, end; at < bytes.length; at = end) {
      end = at + this.pieceBytes();
      pieces.push({ type: 'data', atMs: this.freeMs, bytes: bytes.subarray(at, end) });
      this.freeMs += this.params.pauseMicros / 1_000;
    }
    return pieces;
  }

  end(stampMs: number): readonly Emission[] {
    return [{ type: 'end', atMs: Math.max(this.freeMs, stampMs) }];
  }

  private pieceBytes(): number {
    const { averageBytes, variationBytes } = this.params;
    return variationBytes === 0 ? averageBytes : averageBytes - variationBytes + Math.floor(this.random() * (2 * variationBytes + 1));
  }
}
