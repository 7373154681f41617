/** Something that was started and has to be stopped again. */
export interface Stoppable {
  readonly name: string;
  /** Its end in the whole stop, counted from the beginning of it: the smallest goes first, and who comes later has time left when somebody hangs. */
  readonly stopWithinMs: number;
  stop(limitMs: number): Promise<void>;
  kill(): void;
}

/** The least that anybody gets, even when those before it used up the time. */
const LEAST_MS = 400;

/** What runs; each is stopped after those that use it, whatever the order in which they came up. */
export class StopOrder {
  readonly #running: Stoppable[] = [];
  readonly #closing = new AbortController();

  /** Aborted when the stop begins. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** False when the stop has begun: then it must not be started. */
  add(part: Stoppable): boolean {
    if (!this.closing.aborted) {
      this.#running.push(part);
      this.#running.sort((a, b) => b.stopWithinMs - a.stopWithinMs);
    }
    return !this.closing.aborted;
  }

  /** Never throws: a part that cannot be stopped must not keep the others running. */
  async stopAll(report: (part: string, text: string) => void): Promise<void> {
    this.#closing.abort();
    const beganMs = performance.now();
    for (let part = this.#running.at(-1); part !== undefined; part = this.#running.at(-1)) {
      const leftMs = part.stopWithinMs - (performance.now() - beganMs);
      await part.stop(Math.max(leftMs, LEAST_MS)).catch((error: unknown) => report(part?.name ?? '', `could not be stopped: ${String(error)}`));
      this.#running.pop();
    }
  }

  /** All at once and without asking. */
  killAll(): void {
    this.#closing.abort();
    for (const part of [...this.#running].reverse()) part.kill();
  }
}
