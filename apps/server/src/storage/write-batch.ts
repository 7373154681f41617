import { Logger } from '@nestjs/common';
import { isDatabaseUnavailable } from './database-failure.js';
import type { WriteBehind } from './write-behind.js';

// Bounds one statement to some hundred kilobytes.
const MOST_AT_ONCE = 1_000;

/**
 * Many small writes of one kind behind the act, as few large ones: what comes while the queue has not reached them is written together.
 *
 *     add, add, add -> waiting -> one place in WriteBehind -> write([...])
 */
export class WriteBatch<Item> {
  private readonly log = new Logger('WriteBehind');
  private readonly waiting: Item[] = [];
  private queued = false;

  constructor(
    private readonly writes: Pick<WriteBehind, 'push'>,
    private readonly job: { readonly what: string; readonly write: (items: readonly Item[]) => Promise<void> },
  ) {}

  add(item: Item): void {
    this.waiting.push(item);
    if (this.queued) return;
    this.queued = true;
    this.writes.push(this.job.what, () => this.writeWaiting());
  }

  /** Rejects only while the database is away, to be tried again with all that has come by then. */
  private async writeWaiting(): Promise<void> {
    // What comes from here on takes a new place, so that waiting for the queue is waiting for it.
    this.queued = false;
    for (let left = this.waiting.length; left > 0; ) {
      const items = this.waiting.slice(0, Math.min(left, MOST_AT_ONCE));
      await this.writeAll(items);
      this.waiting.splice(0, items.length);
      left -= items.length;
    }
  }

  private async writeAll(items: readonly Item[]): Promise<void> {
    try {
      await this.job.write(items);
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw error;
      if (items.length === 1) this.log.error(`Could not record: ${this.job.what}`, error instanceof Error ? error.stack : String(error));
      // One that the database refuses for its content must not take the others with it.
      else for (const item of items) await this.writeAll([item]);
    }
  }
}
