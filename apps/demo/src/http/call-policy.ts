import type { RetryBudgetOptions } from './retry-budget.js';

export type RetryPolicy =
  | { readonly kind: 'never' }
  /** Again at once, up to `retries` times, whatever state the callee is in. */
  | { readonly kind: 'immediate'; readonly retries: number }
  /** Once, after a random wait of up to `maxWaitMs`, if the budget allows it. */
  | { readonly kind: 'budgeted'; readonly maxWaitMs: number; readonly budget: RetryBudgetOptions };

/** How a caller treats one of its dependencies. */
export interface CallPolicy {
  /** Longest wait for one attempt, answer included; null waits for ever. */
  readonly timeoutMs: number | null;
  /** Applies to GET only: a POST that was lost may have been carried out. */
  readonly retry: RetryPolicy;
}
