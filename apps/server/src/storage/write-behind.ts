import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDatabaseUnavailable } from './database-failure.js';

interface Waiter {
  /** How many writes must be done for it. */
  readonly count: number;
  readonly done: () => void;
}

interface PendingWrite {
  readonly what: string;
  readonly write: () => Promise<void>;
}

const FIRST_RETRY_MS = 200;
// A database that comes back is noticed within this; asking more often would only add to its recovery.
const MAX_RETRY_MS = 3_000;
// A process that is told to stop must stop: what is not written by then is logged, and leases and reconciliation mend it at the next start.
const SHUTDOWN_DRAIN_MS = 2_000;

/**
 * Writes that record what has already happened and so must neither be refused nor hold up the act: the revert goes out first, its row follows.
 * They are carried out one after the other in the order given and, while the database is away, repeated until it is back. A COMMIT whose answer was
 * lost is repeated too: state must come out the same, and of an audit row two are better than none.
 */
@Injectable()
export class WriteBehind implements OnModuleDestroy {
  private readonly log = new Logger('WriteBehind');
  private readonly queue: PendingWrite[] = [];
  private waiters: Waiter[] = [];
  private pushed = 0;
  private written = 0;
  private running = false;
  private stopped = false;

  get pending(): number {
    return this.queue.length;
  }

  push(what: string, write: () => Promise<void>): void {
    this.queue.push({ what, write });
    this.pushed += 1;
    if (!this.running) void this.run();
  }

  /** True as soon as everything pushed so far is written; false if that takes longer than `waitMs`. */
  async drained(waitMs: number): Promise<boolean> {
    if (this.queue.length === 0) return true;
    const timer = new AbortController();
    // What is pushed from now on is somebody else's wait: under steady load the queue may never be empty.
    const count = this.pushed;
    const reached = new Promise<boolean>((resolve) => this.waiters.push({ count, done: () => resolve(true) }));
    const late = sleep(waitMs, false, { signal: timer.signal }).catch(() => false);
    const written = await Promise.race([reached, late]);
    timer.abort();
    return written;
  }

  async onModuleDestroy(): Promise<void> {
    const written = await this.drained(SHUTDOWN_DRAIN_MS);
    this.stopped = true;
    if (!written) this.log.error(`${this.queue.length} writes are lost at shutdown because the database does not answer; the first: ${this.queue[0]?.what}`);
  }

  private async run(): Promise<void> {
    this.running = true;
    for (let head = this.queue[0]; head !== undefined && !this.stopped; head = this.queue[0]) {
      await this.writeUntilDone(head);
      this.queue.shift();
      this.written += 1;
      this.wake();
    }
    this.running = false;
  }

  private wake(): void {
    const reached = this.waiters.filter(({ count }) => count <= this.written);
    this.waiters = this.waiters.filter(({ count }) => count > this.written);
    for (const { done } of reached) done();
  }

  private async writeUntilDone({ what, write }: PendingWrite): Promise<void> {
    for (let retryMs = FIRST_RETRY_MS; !this.stopped; retryMs = Math.min(retryMs * 2, MAX_RETRY_MS)) {
      try {
        return await write();
      } catch (error) {
        if (!isDatabaseUnavailable(error)) return this.giveUp(what, error);
        if (retryMs === FIRST_RETRY_MS) this.log.warn(`The database is away; will record once it is back: ${what}`);
        await sleep(retryMs);
      }
    }
  }

  // A write that the database refuses for its content would be refused for ever, and hold up all behind it.
  private giveUp(what: string, error: unknown): void {
    this.log.error(`Could not record: ${what}`, error instanceof Error ? error.stack : String(error));
  }
}
