export type Admission = 'admitted' | 'timeout' | 'canceled' | 'full';

interface Waiter {
  readonly end: (how: Admission) => void;
}

/** Lets so many questions run at one time; the others wait in the order in which they came. */
export class QueryGate {
  #inside = 0;
  readonly #waiting = new Set<Waiter>();

  constructor(
    private readonly maxInside: number,
    private readonly maxWaiting: number,
  ) {}

  /** Whoever is admitted calls `leave` once. */
  enter(timeoutMs: number, signal: AbortSignal): Promise<Admission> {
    if (signal.aborted) return Promise.resolve('canceled');
    if (timeoutMs <= 0) return Promise.resolve('timeout');
    if (this.#inside < this.maxInside) {
      this.#inside += 1;
      return Promise.resolve('admitted');
    }
    if (this.#waiting.size >= this.maxWaiting) return Promise.resolve('full');
    return this.#wait(timeoutMs, signal);
  }

  /** The place goes to whoever has waited longest. */
  leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) this.#inside -= 1;
    else next.end('admitted');
  }

  #wait(timeoutMs: number, signal: AbortSignal): Promise<Admission> {
    return new Promise((resolve) => {
      const waiter: Waiter = {
        end: (how) => {
          clearTimeout(timer);
          signal.removeEventListener('abort', cancel);
          this.#waiting.delete(waiter);
          resolve(how);
        },
      };
      const timer = setTimeout(() => waiter.end('timeout'), timeoutMs);
      const cancel = (): void => waiter.end('canceled');
      signal.addEventListener('abort', cancel);
      this.#waiting.add(waiter);
    });
  }
}
