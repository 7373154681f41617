import type { ScrapeClock } from './scrape-clock.js';

interface Timer {
  readonly dueMs: number;
  readonly act: () => void;
}

/** Time that moves only when it is told to. `wallMs` may be set on its own, as an operator does. */
export class FakeClock implements ScrapeClock {
  private readonly timers = new Set<Timer>();
  private elapsedMs = 0;

  constructor(private wall = 1_700_000_000_000) {}

  wallMs(): number {
    return this.wall;
  }

  monotonicMs(): number {
    return this.elapsedMs;
  }

  after(delayMs: number, act: () => void): () => void {
    const timer = { dueMs: this.elapsedMs + delayMs, act };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  setWall(ms: number): void {
    this.wall = ms;
  }

  get pending(): number {
    return this.timers.size;
  }

  /** Moves on, and lets what is due happen at its moment, each time with all that follows from it without more time. */
  async advance(ms: number): Promise<void> {
    await settled();
    const endMs = this.elapsedMs + ms;
    for (;;) {
      const next = [...this.timers].filter(({ dueMs }) => dueMs <= endMs).sort((one, other) => one.dueMs - other.dueMs)[0];
      if (next === undefined) break;
      this.timers.delete(next);
      this.moveTo(next.dueMs);
      next.act();
      await settled();
    }
    this.moveTo(endMs);
    await settled();
  }

  /** On to what is due next. */
  async toNext(): Promise<void> {
    await settled();
    await this.advance(Math.min(...[...this.timers].map(({ dueMs }) => dueMs)) - this.elapsedMs);
  }

  private moveTo(elapsedMs: number): void {
    this.wall += elapsedMs - this.elapsedMs;
    this.elapsedMs = elapsedMs;
  }
}

/** All promises that wait for nothing from outside have gone on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
}
