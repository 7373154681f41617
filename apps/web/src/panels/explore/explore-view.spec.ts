import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_QUERIES, parseExploreSearch } from './explore-address.js';
import type { ExploreView } from './explore-view.js';
import { REFRESH_CHOICES_SEC, readView, writeView } from './explore-view.js';
import { between } from './time-range.js';

const arbitraryView: fc.Arbitrary<ExploreView> = fc.record({
  queries: fc.array(fc.record({ text: fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''), hidden: fc.boolean() }), { maxLength: MAX_QUERIES }),
  tab: fc.constantFrom('chart' as const, 'table' as const),
  range: fc.oneof(
    fc.integer({ min: 1, max: 90 * 86_400 }).map((sec) => ({ kind: 'last' as const, sec })),
    fc.tuple(fc.integer({ min: 0, max: 4e9 }), fc.integer({ min: 1, max: 1e8 })).map(([from, length]) => between(from, from + length)),
  ),
  stepSec: fc.option(fc.integer({ min: 1, max: 86_400 }), { nil: null }),
  refreshSec: fc.constantFrom(...REFRESH_CHOICES_SEC),
  filter: fc.string(),
  sort: fc.option(fc.record({ by: fc.constantFrom('series' as const, 'value' as const), descending: fc.boolean() }), { nil: null }),
  browsing: fc.boolean(),
});

describe('the address of a view', () => {
  it('gives the view again (500 runs)', () => {
    fc.assert(
      fc.property(arbitraryView, (view) => {
        expect(readView(parseExploreSearch(writeView(view)))).toEqual(view);
      }),
      { numRuns: 500 },
    );
  });

  it('says nothing about what is as at first', () => expect(writeView(readView({}))).toEqual({}));

  it('can be read by people', () => {
    expect(writeView({ ...readView({ q1: 'up', q2: 'go_goroutines', hidden: '2', sort: '-value' }), range: between(1_800_000_000, 1_800_000_060), stepSec: 15, refreshSec: 60 })).toEqual({
      q1: 'up',
      q2: 'go_goroutines',
      hidden: '2',
      from: '2027-01-15T08:00:00Z',
      to: '2027-01-15T08:01:00Z',
      step: '15s',
      refresh: '1m',
      sort: '-value',
    });
  });
});

describe('readView', () => {
  it('steps over what an address left out', () => expect(readView({ q2: 'up', q5: '  ', q7: 'down', hidden: '2' }).queries).toEqual([{ text: 'up', hidden: false }, { text: 'down', hidden: true }]));
  it('falls back where a field makes no sense', () => {
    expect(readView({ range: 'long', step: '-1', refresh: '3s', sort: 'colour', from: 'x', to: '2027-01-15T08:01:00Z', tab: 'pie' })).toEqual(readView({}));
    expect(readView({ from: '2027-01-15T08:01:00Z', to: '2027-01-15T08:00:00Z' }).range).toEqual(readView({}).range);
  });
});

describe('parseExploreSearch', () => {
  it('drops what is not a text or not its own', () => expect(parseExploreSearch({ q1: 'up', q2: 3, tab: ['x'], q9: 'no', constructor: 'x', q3: '' })).toEqual({ q1: 'up' }));
});
