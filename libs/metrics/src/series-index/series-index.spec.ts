import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileMatcher } from '../labels/compile-matcher.js';
import { labelsFromPairs } from '../labels/build-labels.js';
import type { Labels } from '../labels/labels.js';
import { MATCH_OPERATORS } from '../labels/matcher.js';
import type { Matcher } from '../labels/matcher.js';
import { SeriesIndex } from './series-index.js';
import { difference, intersection, intersects, union } from './sorted-ids.js';

const RUNS = 600;
const go = (): void => {};

const labels = fc.dictionary(fc.constantFrom('__name__', 'job', 'zone', 'pod'), fc.constantFrom('', 'a', 'b', 'ab', 'abc', 'é'), { maxKeys: 4 }).map((pairs) => labelsFromPairs(Object.entries(pairs)));
const matcher: fc.Arbitrary<Matcher> = fc.record({
  name: fc.constantFrom('__name__', 'job', 'zone', 'pod', 'none'),
  operator: fc.constantFrom(...MATCH_OPERATORS),
  value: fc.constantFrom('', 'a', 'b', 'a|b', 'a.*', '.+', '.*', 'a|', '[ab]+', '(a|b)c?', 'zz', '.*c'),
});

function naive(series: ReadonlyMap<number, Labels>, matchers: readonly Matcher[]): number[] {
  const passes = (of: Labels): boolean => matchers.every((each) => compileMatcher(each)(of.find(({ name }) => name === each.name)?.value ?? ''));
  return [...series].filter(([, of]) => passes(of)).map(([id]) => id).sort((one, other) => one - other);
}

describe('SeriesIndex', () => {
  it(`finds what a look at every series finds, after any additions and removals (${RUNS} runs)`, () => {
    const change = fc.record({ add: fc.boolean(), ids: fc.array(fc.nat({ max: 60 }), { maxLength: 12 }), labels });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 25 }), fc.array(matcher, { maxLength: 4 }), (changes, matchers) => {
        const index = new SeriesIndex();
        const series = new Map<number, Labels>();
        for (const { add, ids, labels: given } of changes) {
          if (add) {
            for (const id of ids.slice(0, 2)) {
              index.add(id, given);
              if (!series.has(id)) series.set(id, given);
            }
          } else {
            index.remove(ids);
            for (const id of ids) series.delete(id);
          }
        }
        const expected = naive(series, matchers);
        expect([...index.select(matchers, go)]).toEqual(expected);
        expect(index.size).toBe(series.size);
        for (const [id, of] of series) expect(index.labels(id)).toEqual(of);
        const pairs = expected.flatMap((id) => [...series.get(id)!]);
        expect(index.labelNames(matchers, go)).toEqual([...new Set(pairs.map(({ name }) => name))].sort());
        expect(index.labelValues('job', matchers, go)).toEqual([...new Set(pairs.filter(({ name }) => name === 'job').map(({ value }) => value))].sort());
        expect(index.labelNames(null, go)).toEqual(index.labelNames([], go));
        expect(index.labelValues('pod', null, go)).toEqual(index.labelValues('pod', [], go));
      }),
      { numRuns: RUNS },
    );
  });

  it('gives ids that later changes leave alone', () => {
    const index = new SeriesIndex();
    for (const id of [10, 20, 30]) index.add(id, [{ name: 'a', value: 'x' }]);
    const found = index.select([{ name: 'a', operator: '=', value: 'x' }], go);
    index.add(5, [{ name: 'a', value: 'x' }]);
    index.remove([20]);
    expect([...found]).toEqual([10, 20, 30]);
  });

  it('keeps one copy of each label', () => {
    const index = new SeriesIndex();
    index.add(1, labelsFromPairs([['a', 'x']]));
    index.add(2, labelsFromPairs([['a', 'x'], ['b', 'y']]));
    expect(index.labels(2)![0]).toBe(index.labels(1)![0]);
    expect(index.counts()).toEqual(new Map([['a', new Map([['x', 2]])], ['b', new Map([['y', 1]])]]));
    index.remove([1, 2, 3]);
    expect([index.size, index.labelNames(null, go), index.select([], go).length]).toEqual([0, [], 0]);
  });

  it('takes ids up to 2^32 - 1, in any order, and no others', () => {
    const index = new SeriesIndex();
    for (const id of [4_294_967_295, 0, 2_147_483_648]) index.add(id, [{ name: 'a', value: 'x' }]);
    expect([...index.select([{ name: 'a', operator: '=', value: 'x' }], go)]).toEqual([0, 2_147_483_648, 4_294_967_295]);
    for (const id of [-1, 1.5, 4_294_967_296, NaN]) expect(() => index.add(id, [])).toThrow(RangeError);
  });

  it('lets the caller end long work', () => {
    const index = new SeriesIndex();
    for (let id = 0; id < 1_000; id++) index.add(id, [{ name: 'pod', value: `p${id}` }]);
    let calls = 0;
    const stop = (): void => {
      if (++calls === 3) throw new Error('enough');
    };
    expect(() => index.select([{ name: 'pod', operator: '=~', value: 'p[0-9]+' }], stop)).toThrow('enough');
  });
});

describe('sorted ids', () => {
  it(`combine as sets do (${RUNS} pairs, lopsided ones among them)`, () => {
    const ids = fc.oneof(fc.uniqueArray(fc.nat({ max: 40 })), fc.uniqueArray(fc.nat({ max: 400 }), { minLength: 100 })).map((some) => Uint32Array.from(some).sort());
    fc.assert(
      fc.property(ids, ids, (one, other) => {
        const both = [...one].filter((id) => other.includes(id));
        expect([...intersection(one, other)]).toEqual(both);
        expect(intersects(one, other)).toBe(both.length > 0);
        expect([...difference(one, other)]).toEqual([...one].filter((id) => !other.includes(id)));
        expect([...union([one, other, one])]).toEqual([...new Set([...one, ...other])].sort((a, b) => a - b));
      }),
      { numRuns: RUNS },
    );
  });
});
