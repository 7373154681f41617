import type { BodyFault } from '#faults';
import type { BodyEffect } from './decision.js';

// Bytes leave in pieces of this much time: short enough to look even, long enough for Node's whole-millisecond timers.
const PIECE_MS = 10;
// A piece that leaves late does not make the next one late, up to this much; beyond it the sender had paused, and saves nothing up.
const CATCH_UP_MS = 50;

type Truncation = Extract<BodyFault, { readonly type: 'truncate' }>;
export type CutEnd = Truncation['end'];

export interface Piece {
  readonly bytes: Buffer;
  /** How the connection ends behind these bytes; null when it goes on. */
  readonly cut: CutEnd | null;
}

/** The faults on one body. They are told its payload piece by piece, without its framing; the lowest rate and the shortest cut win. */
export class BodyEffects {
  private offset = 0;
  private freeMs = 0;

  constructor(private effects: readonly BodyEffect[]) {}

  /** The most bytes to be taken at once. */
  get pieceBytes(): number {
    return Math.max(1, Math.floor((this.bytesPerSec * PIECE_MS) / 1_000));
  }

  /** When the last of `count` further bytes may leave, on the clock of `nowMs`. */
  dueMs(count: number, nowMs: number): number {
    const rate = this.bytesPerSec;
    if (rate === Infinity) return nowMs;
    const startMs = nowMs - this.freeMs > CATCH_UP_MS ? nowMs : this.freeMs;
    this.freeMs = startMs + (count * 1_000) / rate;
    return this.freeMs;
  }

  /** What becomes of the next bytes, in the moment in which they leave. */
  take(payload: Buffer): Piece {
    const cut = this.cut;
    const room = cut === null ? Infinity : cut.afterBytes - this.offset;
    const bytes = this.changed(payload.length > room ? payload.subarray(0, room) : payload);
    this.offset += bytes.length;
    return { bytes, cut: cut !== null && payload.length > room ? cut.end : null };
  }

  /** True when the fault acted here. */
  lifted(faultId: string): boolean {
    const left = this.effects.filter((effect) => effect.faultId !== faultId);
    const acted = left.length < this.effects.length;
    this.effects = left;
    return acted;
  }

  private get bytesPerSec(): number {
    return this.effects.reduce((lowest, { fault }) => (fault.type === 'throttle' ? Math.min(lowest, fault.bytesPerSec) : lowest), Infinity);
  }

  private get cut(): Truncation | null {
    let shortest: Truncation | null = null;
    for (const { fault } of this.effects) if (fault.type === 'truncate' && (shortest === null || fault.afterBytes < shortest.afterBytes)) shortest = fault;
    return shortest;
  }

  /** The bytes may be seen by others, so they are changed in a copy. */
  private changed(bytes: Buffer): Buffer {
    let copy: Buffer | null = null;
    for (const { fault } of this.effects) if (fault.type === 'corrupt') fault.change((copy ??= Buffer.from(bytes)), this.offset);
    return copy ?? bytes;
  }
}
