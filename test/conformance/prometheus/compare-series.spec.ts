import { describe, expect, it } from 'vitest';
import { differenceOf, exactDifferenceOf, listDifference } from './compare-series.js';

const series = (name: string, ...values: (readonly [number, string])[]) => ({ metric: { job: 'a', __name__: name }, values });

describe('two answers', () => {
  it('are the same when labels, times and values are, in whatever order and spelling', () => {
    const one = [series('x', [1.5, '1'], [2.5, 'NaN'], [3.5, '+Inf']), series('y', [1.5, '0'])];
    const other = [{ metric: { __name__: 'y', job: 'a' }, values: [[1.5, '-0']] as const }, series('x', [1.5, '1.0000001'], [2.5, 'NaN'], [3.5, '+Inf'])];
    expect(differenceOf(one, other)).toBe(null);
  });

  it.each([
    ['a value beyond the tolerance', [series('x', [1, '1'])], [series('x', [1, '1.000002'])], '1 of 1 points differ, 1 came; at 1 expected 1, got 1.000002'],
    ['a number for NaN', [series('x', [1, 'NaN'])], [series('x', [1, '0'])], 'expected NaN, got 0'],
    ['infinities of other signs', [series('x', [1, '+Inf'])], [series('x', [1, '-Inf'])], 'expected +Inf, got -Inf'],
    ['infinity for a number', [series('x', [1, '5'])], [series('x', [1, '+Inf'])], 'expected 5, got +Inf'],
    ['a missing point', [series('x', [1, '1'], [2, '1'])], [series('x', [1, '1'])], 'at 2 expected 1, got nothing'],
    ['a point too many', [series('x', [1, '1'])], [series('x', [1, '1'], [2, '1'])], '0 of 1 points differ, 2 came'],
    ['a missing series', [series('x', [1, '1'])], [], '1 series are missing'],
    ['a series too many', [], [series('x', [1, '1'])], '1 series are too many'],
  ])('differ by %s', (_, expected, got, words) => {
    expect(differenceOf(expected, got)).toContain(words);
  });

  it('differ by the last bit where nothing may differ', () => {
    expect(exactDifferenceOf([series('x', [1, '1'])], [series('x', [1, '1.0000000000000002'])])).toContain('expected 1, got 1.0000000000000002');
  });
});

describe('two lists', () => {
  it('are the same in any order', () => expect(listDifference(['a', 'b'], ['b', 'a'])).toBe(null));
  it('differ by what only one has', () => expect(listDifference(['a', 'b'], ['b', 'c'])).toBe('1 are missing: a\n1 are too many: c'));
});
