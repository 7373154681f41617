export interface RetryBudgetOptions {
  /** Retries earned by each first attempt: 0.1 lets retries add at most a tenth to the load, however bad things are. */
  readonly ratio: number;
  /** Most retries that can be saved up, and what there is at the start. */
  readonly reserve: number;
}

/**
 * A retry is paid for by earlier requests. While the callee is well, the budget is full and a single loss is made good; when everything fails,
 * it is empty within seconds and the callee is left alone instead of being beaten several times as hard.
 */
export class RetryBudget {
  #tokens: number;

  constructor(private readonly options: RetryBudgetOptions) {
    this.#tokens = options.reserve;
  }

  onFirstAttempt(): void {
    this.#tokens = Math.min(this.options.reserve, this.#tokens + this.options.ratio);
  }

  /** True if a retry may be sent now; it is then spent. */
  trySpend(): boolean {
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
