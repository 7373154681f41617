export interface BoundedQueueOptions {
  /** Tasks that run at once. */
  readonly concurrency: number;
  /** Tasks that may wait behind them; one more is turned away. */
  readonly maxWaiting: number;
}

export type Admitted<T> = { readonly kind: 'done'; readonly value: T } | { readonly kind: 'shed' };

/**
 * Lets `concurrency` tasks run, `maxWaiting` wait, and turns the rest away at once:
 *
 *     run() -> [ running ........ ] -> done
 *           -> [ waiting ..... ]
 *           -> shed                    when both are full
 *
 * A caller that hears no after a millisecond can do something else; one that waits behind a hundred others cannot, and neither can they.
 */
export class BoundedQueue {
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(private readonly options: BoundedQueueOptions) {}

  async run<T>(task: () => Promise<T>): Promise<Admitted<T>> {
    if (this.#running >= this.options.concurrency) {
      if (this.#waiting.length >= this.options.maxWaiting) return { kind: 'shed' };
      // Whoever leaves hands its place on, so `#running` already counts us when this resolves.
      await new Promise<void>((admit) => this.#waiting.push(admit));
    } else {
      this.#running += 1;
    }
    try {
      return { kind: 'done', value: await task() };
    } finally {
      this.#leave();
    }
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#running -= 1;
    else next();
  }
}
