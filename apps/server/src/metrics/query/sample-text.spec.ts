import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelsText, scalarText, timeText, valueText } from './sample-text.js';

describe('a value', () => {
  it.each([
    [0, '0'], [-0, '-0'], [1, '1'], [-1.5, '-1.5'], [0.1, '0.1'], [123456789012345680000, '123456789012345680000'],
    [1e21, '1e+21'], [1.5e-7, '1.5e-07'], [-1e-10, '-1e-10'], [1e300, '1e+300'], [0.000001, '0.000001'], [5e-324, '5e-324'],
    [NaN, 'NaN'], [Infinity, '+Inf'], [-Infinity, '-Inf'],
  ])('%d is written %s', (value, text) => {
    expect(valueText(value)).toBe(text);
  });

  it.each([[1e21, '1000000000000000000000'], [-1.5e22, '-15000000000000000000000'], [1.5e-7, '0.00000015'], [-1e-7, '-0.0000001'], [42, '42'], [NaN, 'NaN']])('as a scalar %d is written %s', (value, text) => {
    expect(scalarText(value)).toBe(text);
  });

  it('is read back as it was (10,000 runs)', () => {
    const same = (text: string, value: number): boolean => Object.is(Number(text.replace('Inf', 'Infinity')), value);
    fc.assert(fc.property(fc.double(), (value) => same(valueText(value), value) && same(scalarText(value), value) && !scalarText(value).includes('e')), { numRuns: 10_000 });
  });
});

it.each([[0, '0'], [1_000, '1'], [1_435_781_451_781, '1435781451.781'], [50, '0.050'], [7, '0.007'], [-1_500, '-1.500'], [-1, '-0.001'], [-2_000, '-2']])('the time %d ms is written %s', (timeMs, text) => {
  expect(timeText(timeMs)).toBe(text);
});

it('labels are an object, whatever stands in them', () => {
  const labels = [{ name: 'a', value: '"\\\n\u0000' }, { name: 'ключ', value: '💡' }];
  expect(JSON.parse(labelsText(labels))).toEqual({ a: '"\\\n\u0000', ключ: '💡' });
});
