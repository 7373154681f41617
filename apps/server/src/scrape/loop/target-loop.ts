import type { TargetMemory } from '../ingest/target-memory.js';
import type { ScrapeClock } from '../scrape-clock.js';
import type { TargetSpec } from '../target/target-spec.js';
import type { ScrapeOutcome, TargetScrape } from './target-scrape.js';
import type { TickGrid } from './tick-grid.js';

/** What is known from the last scrape; `unknown` before the first. */
export interface LoopStatus {
  readonly health: 'unknown' | 'up' | 'down';
  /** Null before the first scrape. */
  readonly lastScrapeMs: number | null;
  readonly lastDurationMs: number;
  readonly lastSamples: number;
  readonly problem: { readonly message: string; readonly sinceMs: number } | null;
}

const NOTHING_YET: LoopStatus = { health: 'unknown', lastScrapeMs: null, lastDurationMs: 0, lastSamples: 0, problem: null };

export interface LoopParts {
  readonly scrape: TargetScrape;
  readonly memory: TargetMemory;
  readonly grid: TickGrid;
  readonly clock: ScrapeClock;
  /** Why no target of the job is to be asked now; null when they are. */
  forced(): string | null;
  /** Hears of each scrape. */
  scraped(outcome: ScrapeOutcome): void;
  warn(message: string): void;
}

/** Scrapes one target at its ticks, one scrape at a time: ticks that go by during one become one scrape right after it. */
export class TargetLoop {
  status: LoopStatus = NOTHING_YET;
  private cancelTimer: () => void = () => undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;
  private lastTimeMs = -Infinity;

  constructor(
    /** The discovery may find other labels that lead to the same target. */
    public spec: TargetSpec,
    private readonly parts: LoopParts,
  ) {}

  get memory(): TargetMemory {
    return this.parts.memory;
  }

  start(): void {
    this.schedule(this.parts.grid.untilFirst(this.parts.clock.wallMs()));
  }

  /** Goes on where another loop on the same target ends: with its status, at its pace, and not before it has ended. */
  follow(other: TargetLoop): void {
    this.status = other.status;
    this.running = other.stop().then(() => {
      this.lastTimeMs = other.lastTimeMs;
      if (!this.stopped) this.start();
    });
  }

  /** Resolves when the scrape under way has ended, which leaves its samples. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.cancelTimer();
    await this.running;
  }

  /** The same, but the scrape under way is cut off and leaves nothing. */
  async abort(): Promise<void> {
    this.parts.scrape.abandon();
    await this.stop();
  }

  /** For a loop that has stopped: all series of the target end at `timeMs`, or right after their last sample where that is later. Warns when that is not stored. */
  async end(timeMs: number): Promise<void> {
    const { scrape, warn } = this.parts;
    await scrape.end(Math.max(timeMs, this.lastTimeMs + 1)).catch((error: unknown) => {
      warn(`the end of the series of ${this.spec.url.href} was not stored: ${error instanceof Error ? error.message : String(error)}`);
    });
  }

  /** When the next scrape would have been. */
  nextTickMs(): number {
    const nowMs = this.parts.clock.wallMs();
    return nowMs + this.parts.grid.untilFirst(nowMs);
  }

  private schedule(delayMs: number): void {
    this.cancelTimer = this.parts.clock.after(delayMs, () => {
      this.running = this.turn();
    });
  }

  private async turn(): Promise<void> {
    const { clock, grid, scrape, forced } = this.parts;
    const beganMs = clock.wallMs();
    const timeMs = grid.timestampAt(beganMs);
    const outcome = await scrape.run(timeMs, forced());
    if (outcome !== null) this.note(outcome, timeMs, beganMs);
    if (!this.stopped) this.schedule(grid.untilNext(beganMs, clock.wallMs()));
  }

  private note(outcome: ScrapeOutcome, timeMs: number, beganMs: number): void {
    const { up, problem, durationMs, samples } = outcome;
    const sinceMs = this.status.problem?.sinceMs ?? beganMs;
    this.lastTimeMs = timeMs;
    const last = { lastScrapeMs: beganMs, lastDurationMs: durationMs, lastSamples: samples };
    this.status = { health: up ? 'up' : 'down', ...last, problem: problem === null ? null : { message: problem, sinceMs } };
    this.parts.scraped(outcome);
  }
}
