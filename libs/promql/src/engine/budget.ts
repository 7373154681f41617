import { QueryError } from '../query-error.js';

// About 2 ms of work: often enough for a server to answer others and to end a query in time, seldom enough not to be felt.
const CELLS_PER_TURN = 200_000;

/** What one query may use: samples held at one time, and turns of the event loop. */
export class Budget {
  /** Samples that are held now. */
  held = 0;
  #cells = 0;

  constructor(
    readonly maxSamples: number,
    readonly signal: AbortSignal,
    readonly nextTurn: (() => Promise<void>) | null,
  ) {}

  /** Throws QueryError when the samples held become too many. */
  hold(samples: number): void {
    this.held += samples;
    if (this.held > this.maxSamples) throw tooManySamples();
  }

  /** True when so many cells have been worked on that `pause` is due. */
  spend(cells: number): boolean {
    this.#cells += cells;
    return this.#cells >= CELLS_PER_TURN;
  }

  /** Lets others have a turn. Throws QueryError when the query has been ended. */
  async pause(): Promise<void> {
    this.#cells = 0;
    await this.nextTurn?.();
    this.check();
  }

  check(): void {
    if (this.signal.aborted) throw endedBy(this.signal);
  }
}

export function tooManySamples(): QueryError {
  return new QueryError('execution', 'query processing would load too many samples into memory in query execution');
}

/** Why a query whose signal is aborted ended. */
export function endedBy(signal: AbortSignal): QueryError {
  const cause: unknown = signal.reason;
  const timedOut = cause instanceof Error && cause.name === 'TimeoutError';
  if (timedOut) return new QueryError('timeout', 'query timed out in expression evaluation', null, { cause });
  return new QueryError('canceled', 'query was canceled in expression evaluation', null, { cause });
}
