import { describe, expect, it } from 'vitest';
import { ABSENT } from './absent.js';
import { histogramOf } from './range-window.fixture.js';
import { SCALAR_FUNCTIONS, VECTOR_OF_SCALAR } from './scalars.js';
import { sampleOf, scalarOf, stepContext, vectorOf } from './step.fixture.js';

const of = (name: keyof typeof SCALAR_FUNCTIONS, ...args: readonly number[]) => SCALAR_FUNCTIONS[name].evaluate(args.map(scalarOf), stepContext());

describe('scalars', () => {
  it('tell the time of the step and of the query in seconds', () => {
    expect([of('time'), of('start'), of('end'), of('step'), of('range')]).toEqual([90, 60, 180, 30, 120]);
  });

  it('choose of two as Go does, where an infinity that decides beats NaN', () => {
    expect([of('min_of', 3, -1), of('max_of', 3, -1), of('min_of', NaN, 1), of('max_of', NaN, 1)]).toEqual([-1, 3, NaN, NaN]);
    expect([of('min_of', NaN, -Infinity), of('max_of', Infinity, NaN)]).toEqual([-Infinity, Infinity]);
  });

  it('come of a vector with one float alone', () => {
    const scalar = (...values: Parameters<typeof sampleOf>[0][]) => SCALAR_FUNCTIONS.scalar.evaluate([vectorOf(...values.map((value) => sampleOf(value)))]);
    expect([scalar(4), scalar(4, histogramOf([1])), scalar(4, 5), scalar(histogramOf([1])), scalar()]).toEqual([4, 4, NaN, NaN, NaN]);
  });

  it('become a vector without labels', () => {
    expect(VECTOR_OF_SCALAR.evaluate([scalarOf(4)], stepContext())).toEqual([{ labels: [], dropName: false, value: 4 }]);
  });
});

describe('absent', () => {
  const position = { from: 0, to: 0 };
  const selector = { type: 'vector-selector', name: null, matchers: [{ name: 'job', operator: '=', value: 'db' }], extension: 'none', offset: null, at: null, position } as const;
  const context = stepContext([{ type: 'paren', expr: selector, position }]);

  it('is 1 with what the selector asks for, and nothing where there is a sample', () => {
    expect(ABSENT.evaluate([vectorOf()], context)).toEqual([{ labels: [{ name: 'job', value: 'db' }], dropName: false, value: 1 }]);
    expect(ABSENT.evaluate([vectorOf(sampleOf(0))], context)).toEqual([]);
  });
});
