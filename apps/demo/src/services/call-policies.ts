import type { CallPolicy, RetryPolicy } from '../http/call-policy.js';
import type { Role } from '../plan/roles.js';

const NEVER: RetryPolicy = { kind: 'never' };
/** One retry, spread over 40 ms so that callers do not come back together, and never more than a tenth on top of the load. */
const ONE_BUDGETED: RetryPolicy = { kind: 'budgeted', maxWaitMs: 40, budget: { ratio: 0.1, reserve: 10 } };

/**
 * How every caller treats every dependency: the shop's habits, good and bad, on one page. Rows marked WEAKNESS are wrong on purpose: an experiment
 * is meant to find them (docs/demo.md says with which fault, and what the right row beside it does better).
 */
export const CALL_POLICIES = {
  gateway: {
    catalog: { timeoutMs: 2_500, retry: NEVER },
    // WEAKNESS retry storm: a failing callee is called four times as often, at once, for as long as it fails.
    recommendations: { timeoutMs: 500, retry: { kind: 'immediate', retries: 3 } },
    cart: { timeoutMs: 1_500, retry: NEVER },
    checkout: { timeoutMs: 6_000, retry: NEVER },
    orders: { timeoutMs: 2_500, retry: NEVER },
  },
  // Right: waits a hundred times the usual answer, which also covers a busy laptop, and no longer; retries within a budget.
  catalog: { pricing: { timeoutMs: 500, retry: ONE_BUDGETED } },
  pricing: {},
  recommendations: {},
  cart: {
    'session-cache': { timeoutMs: 500, retry: NEVER },
    // Right: the counterpart of the gateway's retry storm.
    inventory: { timeoutMs: 1_000, retry: ONE_BUDGETED },
  },
  checkout: {
    cart: { timeoutMs: 1_500, retry: NEVER },
    pricing: { timeoutMs: 1_000, retry: ONE_BUDGETED },
    inventory: { timeoutMs: 2_000, retry: NEVER },
    // WEAKNESS call without a timeout: a silent callee holds the checkout for ever, though its own caller left after 6 s.
    payments: { timeoutMs: null, retry: NEVER },
    orders: { timeoutMs: 3_000, retry: NEVER },
  },
  payments: {},
  // Right: a query has an end; see the bounded queue in inventory.ts.
  inventory: { 'shop-db': { timeoutMs: 1_500, retry: NEVER } },
  // WEAKNESS over-small pool: no end for a query, and none for the wait for a connection; see orders.ts.
  orders: { 'shop-db': { timeoutMs: null, retry: NEVER } },
  'session-cache': {},
  load: {},
} as const satisfies Record<Role, Readonly<Record<string, CallPolicy>>>;
