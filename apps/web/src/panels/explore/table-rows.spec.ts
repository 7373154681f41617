import { describe, expect, it } from 'vitest';
import type { QueryData } from '../../api/prometheus-api.js';
import { bucketText, rowsText, shownRows, tableRows } from './table-rows.js';

const vector = (values: readonly (readonly [string, string])[]): QueryData => ({ resultType: 'vector', result: values.map(([job, value]) => ({ metric: { __name__: 'up', job }, value: [1, value] as const })) });
const jobs = (rows: ReturnType<typeof tableRows>): readonly (string | undefined)[] => rows.map(({ labels }) => labels.job);
const MIXED = vector([['b10', '1'], ['b9', 'NaN'], ['a', '-Inf'], ['c', '2e3']]);

describe('tableRows', () => {
  it('has a row for each kind of answer', () => {
    expect(tableRows({ resultType: 'scalar', result: [1, '42'] })).toEqual([{ name: '{}', labels: {}, value: { kind: 'sample', text: '42' } }]);
    expect(tableRows({ resultType: 'string', result: [1, 'hi'] })[0]?.value).toEqual({ kind: 'text', text: 'hi' });
    expect(tableRows({ resultType: 'vector', result: [{ metric: { a: 'b' }, histogram: [1, { count: '3', sum: '5' }] }] })[0]?.value).toEqual({ kind: 'histogram', histogram: { count: '3', sum: '5' } });
    expect(tableRows({ resultType: 'matrix', result: [{ metric: {}, values: [[1, '2']] }] })[0]?.value).toEqual({ kind: 'samples', samples: [[1, '2']], histograms: [] });
  });
});

describe('shownRows', () => {
  const rows = tableRows(MIXED);
  it('keeps the order of the server', () => expect(jobs(shownRows(rows, { filter: '', sort: null }))).toEqual(['b10', 'b9', 'a', 'c']));
  it('orders by value with NaN last, both ways', () => {
    expect(jobs(shownRows(rows, { filter: '', sort: { by: 'value', descending: false } }))).toEqual(['a', 'b10', 'c', 'b9']);
    expect(jobs(shownRows(rows, { filter: '', sort: { by: 'value', descending: true } }))).toEqual(['c', 'b10', 'a', 'b9']);
  });
  it('orders names as people count', () => expect(jobs(shownRows(rows, { filter: '', sort: { by: 'series', descending: false } }))).toEqual(['a', 'b9', 'b10', 'c']));
  it('finds every word, wherever it stands', () => expect(jobs(shownRows(rows, { filter: ' UP  "b1 ', sort: null }))).toEqual(['b10']));
});

describe('rowsText', () => {
  it('is one line a sample, digits untouched', () => {
    expect(rowsText(tableRows(vector([['a', '12345678']])))).toBe('up{job="a"} 12345678');
    expect(rowsText(tableRows({ resultType: 'matrix', result: [{ metric: { __name__: 'up' }, values: [[1, '2'], [2.5, '3']] }] }))).toBe('up 2 @1\nup 3 @2.5');
    expect(rowsText(tableRows({ resultType: 'vector', result: [{ metric: {}, histogram: [1, { count: '3', sum: '5', buckets: [[0, '1', '2', '3']] }] }] }))).toBe('{} {count:3, sum:5, (1,2]:3}');
  });
});

describe('bucketText', () => {
  it('shows which bounds belong to it', () => expect([0, 1, 2, 3].map((rule) => bucketText([rule, '1', '2', '9']))).toEqual(['(1,2]', '[1,2)', '(1,2)', '[1,2]']));
});
