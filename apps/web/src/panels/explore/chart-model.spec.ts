import { describe, expect, it } from 'vitest';
import { MAX_LINES, chartModel, fairShares } from './chart-model.js';

const GRID = { startSec: 100, endSec: 130, stepSec: 10 };
const metric = (job: string) => ({ __name__: 'up', job });

describe('chartModel', () => {
  it('puts samples on the grid and leaves gaps', () => {
    const { data } = chartModel([{ letter: '', series: [{ metric: metric('a'), values: [[100, '1'], [120, '3']] }] }], GRID);
    expect(data).toEqual([[100, 110, 120, 130], [1, null, 3, null]]);
  });

  it('counts what cannot be drawn instead of drawing it as nothing', () => {
    const model = chartModel([{ letter: '', series: [{ metric: {}, values: [[100, 'NaN'], [110, '+Inf'], [120, '2']] }] }], GRID);
    expect([model.data[1], model.notFinite]).toEqual([[null, null, 2, null], 2]);
  });

  it('draws the mean of native histograms, and none where they are empty', () => {
    const model = chartModel([{ letter: '', series: [{ metric: {}, histograms: [[100, { count: '4', sum: '6' }], [110, { count: '0', sum: '0' }]] }] }], GRID);
    expect([model.data[1], model.histograms, model.notFinite]).toEqual([[1.5, null, null, null], 1, 1]);
  });

  it('ignores samples off the grid, as an answer for another range has them', () => {
    expect(chartModel([{ letter: '', series: [{ metric: {}, values: [[90, '1'], [140, '2']] }] }], GRID).data[1]).toEqual([null, null, null, null]);
  });

  it('names the lines of each query by what tells them apart', () => {
    const { groups, lines } = chartModel([{ letter: 'A', series: [{ metric: metric('a') }, { metric: metric('b') }] }, { letter: 'B', series: [{ metric: { __name__: 'x' } }] }], GRID);
    expect(groups).toEqual([{ letter: 'A', shared: 'up', from: 0, count: 2 }, { letter: 'B', shared: '', from: 2, count: 1 }]);
    expect(lines.map(({ label }) => label)).toEqual(['{job="a"}', '{job="b"}', 'x']);
    expect(new Set(lines.map(({ colour }) => colour)).size).toBe(3);
  });

  it('draws no more lines than can be seen, and knows how many there are', () => {
    const model = chartModel([{ letter: 'A', series: Array.from({ length: 10_000 }, (_, i) => ({ metric: metric(String(i)), values: [[100, '1'] as const] })) }, { letter: 'B', series: [{ metric: metric('b') }] }], GRID);
    expect([model.lines.length, model.total, model.groups[1]?.count]).toEqual([MAX_LINES, 10_001, 1]);
  });
});

describe('fairShares', () => {
  it.each([
    [[5, 5], 200, [5, 5]],
    [[10_000, 1], 200, [199, 1]],
    [[500, 500, 10], 200, [95, 95, 10]],
    [[], 200, []],
  ])('of %j and %d gives %j', (wanted, most, shares) => expect(fairShares(wanted, most)).toEqual(shares));
});
