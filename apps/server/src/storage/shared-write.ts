import { isDatabaseUnavailable } from './database-failure.js';

// Bounds how long the last of a crowd waits for its own transaction.
const MOST_AT_ONCE = 200;

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes that their callers wait for, one transaction at a time: what comes while one is under way shares the next. Alone a caller waits for nobody; in a
 * crowd all of them wait for few commits instead of each for its own.
 */
export class SharedWrite<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private running = false;

  /** `write` gives one result for each item, in their order. */
  constructor(private readonly write: (items: readonly Item[]) => Promise<readonly Result[]>) {}

  run(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (!this.running) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.running = true;
    while (this.waiting.length > 0) await this.carryOut(this.waiting.splice(0, MOST_AT_ONCE));
    this.running = false;
  }

  private async carryOut(crowd: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.write(crowd.map(({ item }) => item));
      for (const [i, { resolve }] of crowd.entries()) resolve(results[i] as Result);
    } catch (error) {
      if (isDatabaseUnavailable(error) || crowd.length === 1) for (const { reject } of crowd) reject(error);
      // One that the database refuses must fail alone.
      else for (const one of crowd) await this.carryOut([one]);
    }
  }
}
