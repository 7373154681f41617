import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RetryBudget } from './retry-budget.js';

describe('RetryBudget', () => {
  it('gives out its reserve and then refuses', () => {
    const budget = new RetryBudget({ ratio: 0.1, reserve: 2 });
    expect([budget.trySpend(), budget.trySpend(), budget.trySpend()]).toEqual([true, true, false]);
  });

  it('earns one retry per eight requests at a ratio of an eighth', () => {
    const budget = new RetryBudget({ ratio: 0.125, reserve: 1 });
    budget.trySpend();
    for (let i = 0; i < 7; i++) budget.onFirstAttempt();
    expect(budget.trySpend()).toBe(false);
    budget.onFirstAttempt();
    expect(budget.trySpend()).toBe(true);
  });

  it('never saves more than the reserve', () => {
    const budget = new RetryBudget({ ratio: 0.5, reserve: 1 });
    for (let i = 0; i < 100; i++) budget.onFirstAttempt();
    expect([budget.trySpend(), budget.trySpend()]).toEqual([true, false]);
  });

  it('retries never exceed the reserve plus the ratio of the requests', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 300 }), fc.integer({ min: 0, max: 10 }), (isRequest, reserve) => {
        const budget = new RetryBudget({ ratio: 0.25, reserve });
        let requests = 0;
        let retries = 0;
        for (const request of isRequest) {
          if (request) budget.onFirstAttempt();
          if (request) requests += 1;
          else if (budget.trySpend()) retries += 1;
        }
        expect(retries).toBeLessThanOrEqual(reserve + requests * 0.25);
      }),
    );
  });
});
