import { describe, expect, it } from 'vitest';
import type { Histogram, ResetHint } from '#metrics';
import { answer, ask, MemorySeries } from './memory-series.fixture.js';

const NO_BUCKETS = { spans: [], counts: [] };

function histogram(counts: readonly number[], resetHint: ResetHint = 'unknown'): Histogram {
  const count = counts.reduce((sum, bucket) => sum + bucket, 0);
  return { schema: 0, zeroThreshold: 0, zeroCount: 0, count, sum: count, positive: { spans: [{ offset: 0, length: counts.length }], counts }, negative: NO_BUCKETS, customBounds: [], resetHint };
}

const custom: Histogram = { ...histogram([1]), schema: -53, customBounds: [5] };

const reader = new MemorySeries(60_000)
  .add({ __name__: 'h', i: '1' }, [histogram([1, 2, 1])])
  .add({ __name__: 'h', i: '2' }, [histogram([2, 2, 2])])
  .add({ __name__: 'f', i: '1' }, [10])
  .add({ __name__: 'f', i: '2' }, [20])
  .add({ __name__: 'mixed', i: '1' }, [histogram([1])])
  .add({ __name__: 'mixed', i: '2' }, [7])
  .add({ __name__: 'schemas', i: '1' }, [histogram([1])])
  .add({ __name__: 'schemas', i: '2' }, [custom])
  .add({ __name__: 'resets', i: '1' }, [histogram([1], 'reset')])
  .add({ __name__: 'resets', i: '2' }, [histogram([2], 'not-reset')])
  .add({ __name__: 'counter', i: '1' }, [histogram([3]), histogram([5])])
  .add({ __name__: 'counter', i: '2' }, [histogram([3]), histogram([1])]);

const asked = (query: string, startSec = 0) => ({ query, reader, startSec });
const notesOf = async (query: string, startSec = 0): Promise<readonly string[]> => {
  const { warnings, infos } = await ask(asked(query, startSec));
  return [...warnings, ...infos];
};

describe('operators on histograms', () => {
  it('add, subtract and scale them', async () => {
    expect(await answer(asked('histogram_count(h{i="1"} + ignoring(i) h{i="2"})'))).toEqual({ '{}': 10 });
    expect(await answer(asked('histogram_count(h * 3)'))).toEqual({ '{i=1}': 12, '{i=2}': 18 });
    expect(await answer(asked('histogram_count(-h)'))).toEqual({ '{i=1}': -4, '{i=2}': -6 });
    expect(await answer(asked('h{i="2"} - h'))).toMatchObject({ '{i=2}': { count: 0, resetHint: 'gauge' } });
  });

  it('compare them for being equal only', async () => {
    expect(Object.keys((await answer(asked('h == h'))) as object)).toEqual(['h{i=1}', 'h{i=2}']);
    expect(await answer(asked('h != bool h'))).toEqual({ '{i=1}': 0, '{i=2}': 0 });
    expect(await answer(asked('h > 1'))).toEqual({});
  });

  it('cut them', async () => {
    expect(await answer(asked('histogram_count(h{i="1"} </ 2)'))).toEqual({ '{i=1}': 3 });
  });

  it('say what does not go together, and give nothing for it', async () => {
    expect(await notesOf('h + on(i) f')).toEqual(['PromQL info: incompatible sample types encountered for binary operator "+": histogram + float (1:1)']);
    expect(await notesOf('2 / h')).toEqual(['PromQL info: incompatible sample types encountered for binary operator "/": float / histogram (1:1)']);
    expect(await notesOf('f >/ 2')).toEqual(['PromQL info: incompatible sample types encountered for binary operator ">/": float >/ float (1:1)']);
    expect(await notesOf('schemas{i="1"} + on() schemas{i="2"}')).toEqual(['PromQL warning: incompatible bucket layout encountered for binary operator + (1:1)']);
    expect(await notesOf('resets{i="1"} + on() resets{i="2"}')).toEqual(['PromQL warning: conflicting counter resets during histogram addition (1:1)']);
  });
});

describe('aggregations of histograms', () => {
  it('sum them and make their mean', async () => {
    expect(await answer(asked('sum(h)'))).toMatchObject({ '{}': { count: 10, positive: { counts: [3, 4, 3] } } });
    expect(await answer(asked('avg(h)'))).toMatchObject({ '{}': { count: 5, positive: { counts: [1.5, 2, 1.5] } } });
    expect(await answer(asked('count(mixed)'))).toEqual({ '{}': 2 });
  });

  it('leave them out where only floats make sense, and say so', async () => {
    expect(await answer(asked('max(mixed)'))).toEqual({ '{}': 7 });
    expect(await notesOf('max(mixed)')).toEqual(['PromQL info: ignored histogram in max aggregation (1:5)']);
    expect(await answer(asked('topk(5, mixed)'))).toEqual({ 'mixed{i=2}': 7 });
    expect(await notesOf('topk(5, mixed)')).toEqual(['PromQL info: ignored histogram in topk aggregation (1:1)']);
    expect(await answer(asked('limitk(5, mixed)'))).toHaveProperty('mixed{i=1}');
  });

  it('give nothing for what does not go together', async () => {
    expect(await answer(asked('sum(mixed)'))).toEqual({});
    expect(await notesOf('avg(mixed)')).toEqual(['PromQL warning: encountered a mix of histograms and floats for aggregation (1:5)']);
    expect(await answer(asked('sum(schemas)'))).toEqual({});
    expect(await notesOf('sum(schemas)')).toEqual(['PromQL warning: vector contains a mix of histograms with exponential and custom buckets schemas for metric name "schemas" (1:5)']);
    expect(await notesOf('sum(resets)')).toEqual(['PromQL warning: conflicting counter resets during histogram aggregation (1:5)']);
  });

  it('find resets from the buckets that a query for the count alone does not carry', async () => {
    expect(await notesOf('histogram_count(sum(counter))', 60)).toEqual(['PromQL warning: conflicting counter resets during histogram aggregation (1:21)']);
    expect(await answer(asked('histogram_count(counter)', 60))).toEqual({ '{i=1}': 5, '{i=2}': 1 });
    expect(await answer(asked('histogram_quantile(1, counter)', 60))).toEqual({ '{i=1}': 1, '{i=2}': 1 });
  });
});
