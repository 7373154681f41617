import { describe, expect, it } from 'vitest';
import { cardinalityLists } from './cardinality-lists.js';

const lists = cardinalityLists({
  headStats: { numSeries: 1, minTime: 0, maxTime: 1 },
  seriesCountByMetricName: [{ name: 'up', value: 12_345 }, { name: 'http.requests', value: 2 }],
  labelValueCountByLabelName: [{ name: '__name__', value: 9 }, { name: 'service.name', value: 3 }],
  memoryInBytesByLabelName: [{ name: 'le', value: 12_300 }, { name: 'job', value: 9 }],
  seriesCountByLabelValuePair: [{ name: 'path=/a?b="c"', value: 7 }],
});
const rows = (title: string) => lists.find((list) => list.title === title)?.rows;

describe('cardinalityLists', () => {
  it('asks a metric for its jobs', () => expect(rows('Series by metric')?.map(({ text, query }) => [text, query])).toEqual([['12\u202f345', 'count by (job) (up)'], ['2', 'count by (job) ({"http.requests"})']]));
  it('splits a pair at its first sign and escapes its value', () => expect(rows('Series by label and value')?.[0]?.query).toBe('topk(20, count by (__name__) ({path="/a?b=\\"c\\""}))'));
  it('asks a label for its commonest values', () => expect(rows('Values by label')?.map(({ query }) => query)).toEqual(['topk(20, count by (__name__) ({__name__!=""}))', 'topk(20, count by ("service.name") ({"service.name"!=""}))']));
  it('scales bytes', () => expect(rows('Bytes by label')?.map(({ text }) => text)).toEqual(['12.3 kB', '9 B']));
});
