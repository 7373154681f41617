import { describe, expect, it } from 'vitest';
import { answer, MemorySeries } from './memory-series.fixture.js';

// A sample each 10 s, from 0 s on.
const reader = new MemorySeries(10_000).add({ __name__: 'm' }, [0, 1, 'stale', 3, null, 5]).add({ __name__: 'n', job: 'a' }, [10, 11, 12, 13, 14, 15]);

describe('instant selectors', () => {
  it('find the last sample within the lookback, left open', async () => {
    expect(await answer({ query: 'm', reader, startSec: 49 })).toEqual({ 'm{}': 3 });
    expect(await answer({ query: 'm', reader, startSec: 349 })).toEqual({ 'm{}': 5 });
    expect(await answer({ query: 'm', reader, startSec: 350 })).toEqual({});
  });

  it('end at a stale marker', async () => {
    expect(await answer({ query: 'm', reader, startSec: 25 })).toEqual({});
    expect(await answer({ query: 'm', reader, startSec: 0, endSec: 40, stepSec: 10 })).toEqual({ 'm{}': '0@0 1@10 3@30 3@40' });
  });

  it('look back by an offset, ahead by a negative one, and stay where an @ pins them', async () => {
    const asked = { reader, startSec: 20, endSec: 30, stepSec: 10 };
    expect(await answer({ ...asked, query: 'n offset 10s' })).toEqual({ 'n{job=a}': '11@20 12@30' });
    expect(await answer({ ...asked, query: 'n offset -20s' })).toEqual({ 'n{job=a}': '14@20 15@30' });
    expect(await answer({ ...asked, query: 'n @ 0' })).toEqual({ 'n{job=a}': '10@20 10@30' });
    expect(await answer({ ...asked, query: 'n @ end() offset 10s' })).toEqual({ 'n{job=a}': '12@20 12@30' });
    expect(await answer({ ...asked, query: 'n @ start()' })).toEqual({ 'n{job=a}': '12@20 12@30' });
  });

  it('give the time of the sample to timestamp(), and of the step when anything is in between', async () => {
    expect(await answer({ query: 'timestamp(n)', reader, startSec: 57 })).toEqual({ '{job=a}': 50 });
    expect(await answer({ query: 'timestamp(-n)', reader, startSec: 57 })).toEqual({ '{job=a}': 57 });
  });
});

describe('smoothed instant selectors', () => {
  it('lie on the line between two samples, and carry the last one on', async () => {
    expect(await answer({ query: 'n smoothed', reader, startSec: 15, endSec: 75, stepSec: 20 })).toEqual({ 'n{job=a}': '11.5@15 13.5@35 15@55 15@75' });
  });

  it('skip stale markers', async () => {
    expect(await answer({ query: 'm smoothed', reader, startSec: 20 })).toEqual({ 'm{}': 2 });
  });
});

describe('range selectors', () => {
  it('hold the samples at their own times, left open and without stale markers', async () => {
    expect(await answer({ query: 'm[30s]', reader, startSec: 30 })).toEqual({ 'm{}': '1@10 3@30' });
  });

  it('with an extension begin and end at their bounds', async () => {
    expect(await answer({ query: 'n[20s] anchored', reader, startSec: 35 })).toEqual({ 'n{job=a}': '11@15 12@20 13@30 13@35' });
    expect(await answer({ query: 'n[20s] smoothed', reader, startSec: 35 })).toEqual({ 'n{job=a}': '11.5@15 12@20 13@30 13.5@35' });
    expect(await answer({ query: 'm[20s] anchored', reader, startSec: 100 })).toEqual({});
  });

  it('move with the steps', async () => {
    expect(await answer({ query: 'count_over_time(m[20s])', reader, startSec: 0, endSec: 80, stepSec: 20 })).toEqual({ '{}': '1@0 1@20 1@40 1@60' });
  });

  it('stay where an @ pins them while other arguments move', async () => {
    expect(await answer({ query: 'sum_over_time(n[20s] @ 50) + time()', reader, startSec: 0, endSec: 10, stepSec: 10 })).toEqual({ '{job=a}': '29@0 39@10' });
  });

  it('make absent_over_time give the labels that were asked for', async () => {
    expect(await answer({ query: 'absent_over_time(x{job="a", job!="b", env="prod"}[5m])', reader, startSec: 0 })).toEqual({ '{env=prod}': 1 });
    expect(await answer({ query: 'absent_over_time(m[10s])', reader, startSec: 0, endSec: 60, stepSec: 10 })).toEqual({ '{}': '1@20 1@40 1@60' });
  });
});

describe('subqueries', () => {
  it('have their steps at multiples of the step, whatever the time and the offset', async () => {
    expect(await answer({ query: 'n[30s:10s]', reader, startSec: 34 })).toEqual({ 'n{job=a}': '11@10 12@20 13@30' });
    expect(await answer({ query: 'n[30s:10s] offset 6s', reader, startSec: 34 })).toEqual({ 'n{job=a}': '10@0 11@10 12@20' });
    expect(await answer({ query: 'n[20s:10s] @ 20', reader, startSec: 1000 })).toEqual({ 'n{job=a}': '11@10 12@20' });
  });

  it('take the default step when they name none', async () => {
    expect(await answer({ query: 'count_over_time(n[3m:])', reader, startSec: 180 })).toEqual({ '{job=a}': 3 });
  });

  it('nest, and stay empty when the range lies between two steps', async () => {
    expect(await answer({ query: 'sum_over_time(sum_over_time(n[10s])[20s:10s])', reader, startSec: 30 })).toEqual({ '{job=a}': 25 });
    expect(await answer({ query: 'sum_over_time((topk(1, n))[10s:1m])', reader, startSec: 50 })).toEqual({});
  });
});
