import type { TrackedSeries } from './tracked-series.js';

/** What a line of the exposition turned out to mean. */
export interface CachedLine {
  readonly keyHigh: number;
  /** Null when metric relabelling drops the line. */
  readonly series: TrackedSeries | null;
  /** Number of the last scrape that had it. */
  seenIn: number;
  /** Another line with the same `keyLow`. */
  next: CachedLine | null;
}

interface NewLine extends Omit<CachedLine, 'next'> {
  readonly keyLow: number;
}

/**
 * Lines by the 64 bits of their key, so that a line that was there before costs one look-up and no decoding. The lower half finds the chain, of hardly ever
 * more than one line: the engine holds a 32-bit integer in a map without an object for it.
 */
export class LineCache {
  private readonly chains = new Map<number, CachedLine>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  find(keyLow: number, keyHigh: number): CachedLine | null {
    let line = this.chains.get(keyLow) ?? null;
    while (line !== null && line.keyHigh !== keyHigh) line = line.next;
    return line;
  }

  /** The key must not be there yet. */
  add({ keyLow, keyHigh, series, seenIn }: NewLine): CachedLine {
    const line: CachedLine = { keyHigh, series, seenIn, next: this.chains.get(keyLow) ?? null };
    this.chains.set(keyLow, line);
    this.count++;
    return line;
  }

  forgetUnseenSince(scrape: number): void {
    for (const [keyLow, chain] of this.chains) {
      const rest = this.recent(chain, scrape);
      if (rest === null) this.chains.delete(keyLow);
      else if (rest !== chain) this.chains.set(keyLow, rest);
    }
  }

  private recent(line: CachedLine | null, scrape: number): CachedLine | null {
    if (line === null) return null;
    line.next = this.recent(line.next, scrape);
    if (line.seenIn >= scrape) return line;
    this.count--;
    return line.next;
  }
}
