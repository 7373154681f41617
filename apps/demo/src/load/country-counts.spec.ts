import { describe, expect, it } from 'vitest';
import { CountryCounts } from './country-counts.js';
import { outcomeOf } from './outcome.js';

describe('CountryCounts', () => {
  it('counts each request once, by how it ended', () => {
    const counts = new CountryCounts(10);
    for (const outcome of ['ok', 'ok', 'clientError', 'serverError', 'noResponse'] as const) {
      counts.trySend();
      counts.ended(outcome);
    }
    counts.trySend();
    expect(counts.view()).toEqual({ sent: 6, completed: 3, failed: 2, dropped: 0, outcomes: { ok: 2, clientError: 1, serverError: 1, noResponse: 1 } });
  });

  it('drops what would exceed the bound and does not call it sent', () => {
    const counts = new CountryCounts(2);
    expect([counts.trySend(), counts.trySend(), counts.trySend()]).toEqual([true, true, false]);
    counts.ended('ok');
    expect(counts.trySend()).toBe(true);
    expect(counts.view()).toMatchObject({ sent: 3, dropped: 1 });
  });
});

describe('outcomeOf', () => {
  it.each([
    [200, 'ok'],
    [399, 'ok'],
    [404, 'clientError'],
    [499, 'clientError'],
    [500, 'serverError'],
    [503, 'serverError'],
  ])('calls status %i %s', (status, outcome) => {
    expect(outcomeOf({ kind: 'answered', status, text: '' })).toBe(outcome);
  });

  it('calls a lost request noResponse, whatever lost it', () => {
    expect(outcomeOf({ kind: 'failed', reason: 'timeout' })).toBe('noResponse');
    expect(outcomeOf({ kind: 'failed', reason: 'unreachable' })).toBe('noResponse');
  });
});
