import { ENDED_OUTCOMES } from './outcome.js';
import type { EndedOutcome } from './outcome.js';

/** One country at `/counts`, since the load generator started. `sent` = `completed` + `failed` + those under way now. */
export interface CountryCountsView {
  readonly sent: number;
  /** Answered in full with a status below 500. */
  readonly completed: number;
  /** `serverError` and `noResponse`, as in the picture. */
  readonly failed: number;
  /** Never sent: too many were under way already. Not part of `sent`. */
  readonly dropped: number;
  readonly outcomes: Readonly<Record<EndedOutcome, number>>;
}

/** Open loop with a bound: arrivals do not wait for answers, but no more than `maxInFlight` are under way at once. */
export class CountryCounts {
  #sent = 0;
  #dropped = 0;
  readonly #outcomes: Record<EndedOutcome, number> = { ok: 0, clientError: 0, serverError: 0, noResponse: 0 };

  constructor(private readonly maxInFlight: number) {}

  /** True if the request may go out; it is then counted as sent, and `ended` must be called once. */
  trySend(): boolean {
    if (this.#sent - this.#ended() >= this.maxInFlight) {
      this.#dropped += 1;
      return false;
    }
    this.#sent += 1;
    return true;
  }

  ended(outcome: EndedOutcome): void {
    this.#outcomes[outcome] += 1;
  }

  view(): CountryCountsView {
    const { ok, clientError, serverError, noResponse } = this.#outcomes;
    return { sent: this.#sent, completed: ok + clientError, failed: serverError + noResponse, dropped: this.#dropped, outcomes: { ...this.#outcomes } };
  }

  #ended(): number {
    return ENDED_OUTCOMES.reduce((sum, outcome) => sum + this.#outcomes[outcome], 0);
  }
}
