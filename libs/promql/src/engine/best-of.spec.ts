import { describe, expect, it } from 'vitest';
import { BestOf } from './best-of.js';

function best(limit: number, values: readonly number[], beats = (a: number, b: number): boolean => a > b): readonly (readonly [number, number])[] {
  const kept = new BestOf(beats);
  kept.reset(limit);
  values.forEach((value, i) => kept.offer(value, i));
  return [...kept.kept()];
}

describe('BestOf', () => {
  it('keeps the best in order', () => {
    expect(best(2, [1, 5, 3, 4])).toEqual([[5, 1], [4, 3]]);
    expect(best(2, [1, 5, 3, 4], (a, b) => a < b)).toEqual([[1, 0], [3, 2]]);
  });

  it('keeps the first of equal ones', () => {
    expect(best(2, [7, 7, 7])).toEqual([[7, 0], [7, 1]]);
  });

  it('lets NaN in only while there is nothing better, for either order', () => {
    expect(best(2, [NaN, 1, NaN, 2])).toEqual([[2, 3], [1, 1]]);
    expect(best(3, [NaN, 1, 2], (a, b) => a < b)).toEqual([[1, 1], [2, 2], [NaN, 0]]);
  });

  it('keeps nothing for a limit below one', () => {
    expect(best(0, [1, 2])).toEqual([]);
    expect(best(-3, [1, 2])).toEqual([]);
  });
});
