import { describe, expect, it } from 'vitest';
import { answer, ask, MemorySeries } from './memory-series.fixture.js';

const reader = new MemorySeries(60_000)
  .add({ __name__: 'req', code: '200', host: 'a' }, [100, 110])
  .add({ __name__: 'req', code: '500', host: 'a' }, [10, null, 'stale'])
  .add({ __name__: 'req', code: '200', host: 'b' }, [300, 310])
  .add({ __name__: 'limit', host: 'a', team: 'red' }, [1000, 1000])
  .add({ __name__: 'limit', host: 'c', team: 'blue' }, [50, 50])
  .add({ __name__: 'dup', label: 'beta' }, [1])
  .add({ __name__: 'dup', label: 'alpha' }, [2])
  // One after the other, never both.
  .add({ __name__: 'moved', host: 'a', version: '1' }, [1, 'stale'])
  .add({ __name__: 'moved', host: 'a', version: '2' }, [null, 2]);

const instant = (query: string) => answer({ query, reader, startSec: 0 });
const range = (query: string) => answer({ query, reader, startSec: 0, endSec: 60, stepSec: 60 });

describe('between scalars', () => {
  it('calculates as IEEE 754 says', async () => {
    expect(await instant('1 ^ NaN')).toBe(1);
    expect(await instant('(-1) ^ Inf')).toBe(1);
    expect(await instant('-7 % 3')).toBe(-1);
    expect(await instant('2 > bool 1')).toBe(1);
  });
});

describe('between a vector and a scalar', () => {
  it('drops the name when it calculates, and keeps it when it filters', async () => {
    expect(await instant('limit * 2')).toEqual({ '{host=a,team=red}': 2000, '{host=c,team=blue}': 100 });
    expect(await instant('limit > 100')).toEqual({ 'limit{host=a,team=red}': 1000 });
    expect(await instant('limit > bool 100')).toEqual({ '{host=a,team=red}': 1, '{host=c,team=blue}': 0 });
  });

  it('lets the sample of the vector through, on whichever side it is', async () => {
    expect(await instant('100 < limit')).toEqual({ 'limit{host=a,team=red}': 1000 });
  });
});

describe('matching', () => {
  it('pairs series by all labels, by some, or by all but some', async () => {
    expect(await instant('req{code="200"} / ignoring(code) req{code="500"}')).toEqual({ '{host=a}': 10 });
    expect(await instant('req{code="200"} / on(host) limit')).toEqual({ '{host=a}': 0.1 });
    expect(await instant('req - req')).toEqual({ '{code=200,host=a}': 0, '{code=500,host=a}': 0, '{code=200,host=b}': 0 });
  });

  it('brings labels from the one side to the many', async () => {
    const expected = { '{code=200,host=a,team=red}': 0.1, '{code=500,host=a,team=red}': 0.01 };
    expect(await instant('req / on(host) group_left(team) limit')).toEqual(expected);
    expect(await instant('1 / (limit / on(host) group_right(team) req)')).toEqual(expected);
  });

  it('stands fill values in for what is missing', async () => {
    expect(await instant('req{code="200"} + on(host) fill(0) limit')).toEqual({ '{host=a}': 1100, '{host=b}': 300, '{host=c}': 50 });
    expect(await instant('req{code="200"} + on(host) fill_right(1) limit')).toEqual({ '{host=a}': 1100, '{host=b}': 301 });
    expect(await range('req{code="500"} + on(host) fill_left(0) limit{host="a"}')).toEqual({ '{host=a}': '1010@0 1010@60' });
  });

  it('lets series follow each other on the one side', async () => {
    expect(await range('req{code="200"} * on(host) group_left(version) moved')).toEqual({ '{code=200,host=a,version=1}': '100@0', '{code=200,host=a,version=2}': '220@60' });
  });

  it('refuses more than one partner', async () => {
    const one = 'found duplicate series for the match group {} on the right hand-side of the operation: [{__name__="dup", label="alpha"}, {__name__="dup", label="beta"}]';
    await expect(instant('sum(limit) + on() dup')).rejects.toThrow(`${one};many-to-many matching not allowed: matching labels must be unique on one side`);
    await expect(instant('dup + on() group_right() dup')).rejects.toThrow('on the left hand-side');
    await expect(instant('req > on(host) limit')).rejects.toThrow('multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)');
    await expect(instant('req + on(host) group_left(code) label_less')).resolves.toEqual({});
    await expect(instant('dup + on() group_left(label) sum(limit)')).rejects.toThrow('multiple matches for labels: grouping labels must ensure unique matches');
  });
});

describe('set operators', () => {
  it('keep, leave out and add by matching labels at each step', async () => {
    expect(await instant('req and on(host) limit')).toEqual({ 'req{code=200,host=a}': 100, 'req{code=500,host=a}': 10 });
    expect(await instant('req unless on(host) limit')).toEqual({ 'req{code=200,host=b}': 300 });
    expect(await instant('limit or req{code="500"}')).toEqual({ 'limit{host=a,team=red}': 1000, 'limit{host=c,team=blue}': 50, 'req{code=500,host=a}': 10 });
    expect(await range('limit unless on(host) moved{version="1"}')).toEqual({ 'limit{host=a,team=red}': '1000@60', 'limit{host=c,team=blue}': '50@0 50@60' });
  });
});

describe('names', () => {
  it('go at the end, and then may not leave two series alike', async () => {
    await expect(instant('-{__name__=~"req|limit"} + 0')).resolves.toHaveProperty('{host=a,team=red}');
    await expect(answer({ query: '-{__name__=~"m1|m2"}', reader: new MemorySeries(1000).add({ __name__: 'm1' }, [1]).add({ __name__: 'm2' }, [1]), startSec: 0 })).rejects.toThrow(
      'vector cannot contain metrics with the same labelset',
    );
  });

  it('still group before they go', async () => {
    expect(await instant('sum by (__name__) (limit * 1)')).toEqual({ '{}': 1050 });
  });

  it('merge into one series when its parts never overlap', async () => {
    const parts = new MemorySeries(60_000).add({ __name__: 'a' }, [1, 'stale']).add({ __name__: 'b' }, [null, 4]);
    expect(await answer({ query: '-a or -b', reader: parts, startSec: 0, endSec: 60, stepSec: 60 })).toEqual({ '{}': '-1@0 -4@60' });
  });
});

describe('notes', () => {
  it('say where they arose, by line and column', async () => {
    const { warnings } = await ask({ query: '1 +\n quantile(2, limit)', reader, startSec: 0 });
    expect(warnings).toEqual(['PromQL warning: quantile value should be between 0 and 1, got 2 (2:11)']);
  });
});
