import { describe, expect, it } from 'vitest';
import { floatText } from './float-text.js';
import { formatHistogram, histogramBucketList } from './format-histogram.js';
import { customOf, histogramOf } from './histogram.fixture.js';

const histogram = histogramOf([0, 2, 0, 1e7], { zeroCount: 1, zeroThreshold: 0.001, count: 13, sum: -0.5, negative: { spans: [{ offset: 1, length: 2 }], counts: [4, 5] } });

describe('formatHistogram', () => {
  it('lists populated buckets from the lowest on, with the bounds that belong to them', () => {
    expect(formatHistogram(histogram)).toBe('{count:13, sum:-0.5, [-4,-2):5, [-2,-1):4, [-0.001,0.001]:1, (1,2]:2, (4,8]:1e+07}');
    expect(formatHistogram(customOf([1], [1, 2]))).toBe('{count:3, sum:0, [-Inf,1]:1, (1,+Inf]:2}');
  });
});

describe('histogramBucketList', () => {
  it('gives the rule of the bounds with each', () => {
    expect(histogramBucketList(histogram)).toEqual([[1, -4, -2, 5], [1, -2, -1, 4], [3, -0.001, 0.001, 1], [0, 1, 2, 2], [0, 4, 8, 1e7]]);
  });
});

describe('floatText', () => {
  it.each([
    [0, '0'], [-0, '-0'], [999999, '999999'], [1e6, '1e+06'], [1234567.5, '1.2345675e+06'], [0.0001, '0.0001'], [0.00001, '1e-05'], [-1e100, '-1e+100'], [NaN, 'NaN'], [Infinity, '+Inf'], [-Infinity, '-Inf'],
  ])('writes %d as %s', (value, text) => {
    expect(floatText(value)).toBe(text);
  });
});
