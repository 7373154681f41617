import { describe, expect, it } from 'vitest';
import { answer, ask, MemorySeries } from './memory-series.fixture.js';

const reader = new MemorySeries(60_000)
  .add({ __name__: 'm', job: 'x', host: 'a' }, [1, 10])
  .add({ __name__: 'm', job: 'x', host: 'b' }, [2, NaN])
  .add({ __name__: 'm', job: 'y', host: 'a' }, [4, 'stale'])
  .add({ __name__: 'k' }, [1, 3])
  .add({ __name__: 'big', i: '1' }, [1e100])
  .add({ __name__: 'big', i: '2' }, [1])
  .add({ __name__: 'big', i: '3' }, [-1e100]);

const instant = (query: string) => answer({ query, reader, startSec: 0 });
const range = (query: string) => answer({ query, reader, startSec: 0, endSec: 60, stepSec: 60 });
const order = async (query: string): Promise<readonly string[]> => Object.keys((await instant(query)) as Record<string, unknown>);

describe('reducing aggregations', () => {
  it.each([
    ['sum(m)', 7],
    ['avg(m)', 7 / 3],
    ['min(m)', 1],
    ['max(m)', 4],
    ['count(m)', 3],
    ['group(m)', 1],
    ['stdvar(m{job="x"})', 0.25],
    ['stddev(m{job="x"})', 0.5],
    ['quantile(0.5, m)', 2],
    ['sum(big)', 1],
  ])('%s is %d', async (query, expected) => {
    expect(await instant(query)).toEqual({ '{}': expected });
  });

  it('group by labels and without them', async () => {
    expect(await instant('sum by (job, nothing) (m)')).toEqual({ '{job=x}': 3, '{job=y}': 4 });
    expect(await instant('sum without (host) (m)')).toEqual({ '{job=x}': 3, '{job=y}': 4 });
    expect(await instant('sum without () (m{job="y"})')).toEqual({ '{host=a,job=y}': 4 });
  });

  it('take only what is there at a step', async () => {
    expect(await range('count by (job) (m)')).toEqual({ '{job=x}': '2@0 2@60', '{job=y}': '1@0' });
    expect(await range('max by (job) (m)')).toEqual({ '{job=x}': '2@0 10@60', '{job=y}': '4@0' });
    expect(await range('avg(m)')).toEqual({ '{}': `${7 / 3}@0 NaN@60` });
  });

  it('take a parameter of each step', async () => {
    expect(await range('quantile(scalar(k) - 1, m)')).toEqual({ '{}': '1@0 Infinity@60' });
  });
});

describe('selecting aggregations', () => {
  it('topk and bottomk give the best first', async () => {
    expect(await order('topk(2, m)')).toEqual(['m{host=a,job=y}', 'm{host=b,job=x}']);
    expect(await order('bottomk(2, m)')).toEqual(['m{host=a,job=x}', 'm{host=b,job=x}']);
    expect(await order('topk by (job) (1, m)')).toEqual(['m{host=b,job=x}', 'm{host=a,job=y}']);
  });

  it('take as many as the step says', async () => {
    expect(await range('count(topk(scalar(k), m))')).toEqual({ '{}': '1@0 2@60' });
    expect(await instant('topk(0, m)')).toEqual({});
  });

  it('limitk takes the same ones each time, limit_ratio complements itself', async () => {
    expect(await order('limitk(2, m)')).toEqual(['m{host=a,job=x}', 'm{host=a,job=y}']);
    const some = await order('limit_ratio(0.5, m)');
    const others = await order('limit_ratio(-0.5, m)');
    expect([...some, ...others].sort()).toEqual(await order('m').then((all) => [...all].sort()));
    expect(await order('limit_ratio(1, m)')).toHaveLength(3);
  });

  it('refuse a parameter that is no number of series', async () => {
    await expect(instant('topk(NaN, m)')).rejects.toThrow('Parameter value is NaN');
    await expect(instant('topk(1e30, m)')).rejects.toThrow('Scalar value 1e+30 overflows int64');
    await expect(instant('limit_ratio(NaN, m)')).rejects.toThrow('Ratio value is NaN');
  });

  it('warn of a ratio that is cut', async () => {
    const { warnings } = await ask({ query: 'limit_ratio(1.5, m)', reader, startSec: 0 });
    expect(warnings).toEqual(['PromQL warning: ratio value should be between -1 and 1, got 1.5, capping to 1 (1:13)']);
  });
});

describe('count_values', () => {
  it('makes a label of the value', async () => {
    expect(await instant('count_values("v", m > 1)')).toEqual({ '{v=2}': 1, '{v=4}': 1 });
    expect(await instant('count_values by (job) ("v", m * 0)')).toEqual({ '{job=x,v=0}': 2, '{job=y,v=0}': 1 });
    expect(await instant('count_values without (host) ("job", m)')).toEqual({ '{job=1}': 1, '{job=2}': 1, '{job=4}': 1 });
  });

  it('refuses a name that is none', async () => {
    await expect(instant('count_values("", m)')).rejects.toThrow('invalid label name ""');
  });
});
