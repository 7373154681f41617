import { describe, expect, it } from 'vitest';
import { answer, MemorySeries } from './memory-series.fixture.js';

const reader = new MemorySeries(60_000)
  .add({ __name__: 'm', instance: 'a', job: 'x' }, [1, 2, 3])
  .add({ __name__: 'm', instance: 'b', job: 'x' }, [4, 5, 6])
  .add({ __name__: 'target_info', instance: 'a', job: 'x', version: '1', zone: 'eu' }, [1, 'stale'])
  .add({ __name__: 'target_info', instance: 'a', job: 'x', version: '2', zone: 'eu' }, [null, 1, 1])
  .add({ __name__: 'build_info', instance: 'b', job: 'x', build: '7' }, [1, 1, 1]);

const instant = (query: string) => answer({ query, reader, startSec: 0 });

describe('info', () => {
  it('adds the labels of target_info that were current at each step', async () => {
    expect(await answer({ query: 'info(m{instance="a"})', reader, startSec: 0, endSec: 60, stepSec: 60 })).toEqual({
      'm{instance=a,job=x,version=1,zone=eu}': '1@0',
      'm{instance=a,job=x,version=2,zone=eu}': '2@60',
    });
  });

  it('adds only the labels that are named, and drops series that lack them', async () => {
    expect(await instant('info(m, {zone=~".+"})')).toEqual({ 'm{instance=a,job=x,zone=eu}': 1 });
  });

  it('keeps series without info when nothing was asked for', async () => {
    expect(await instant('info(m{instance="b"})')).toEqual({ 'm{instance=b,job=x}': 4 });
    expect(await instant('info(m{instance="b"}, {__name__="build_info"})')).toEqual({ 'm{build=7,instance=b,job=x}': 4 });
  });

  it('leaves info series themselves alone', async () => {
    expect(await instant('info(target_info)')).toEqual({ 'target_info{instance=a,job=x,version=1,zone=eu}': 1 });
  });

  it('refuses two info series of the same time', async () => {
    const two = new MemorySeries(1000).add({ __name__: 'm', job: 'x' }, [1]).add({ __name__: 'target_info', job: 'x', a: '1' }, [1]).add({ __name__: 'target_info', job: 'x', a: '2' }, [1]);
    await expect(answer({ query: 'info(m)', reader: two, startSec: 0 })).rejects.toThrow('found duplicate series for info metric: existing {__name__="target_info", a="1", job="x"} @ 0');
  });
});
