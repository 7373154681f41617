import { describe, expect, it } from 'vitest';
import { ask, MemorySeries } from './memory-series.fixture.js';

async function readsOf(query: string, startSec: number, endSec = startSec, stepSec = 0) {
  const reader = new MemorySeries(1000);
  await ask({ query, reader, startSec, endSec, stepSec });
  return reader.queries.map(({ fromMs, toMs, hints }) => ({ fromSec: fromMs / 1000, toSec: toMs / 1000, ...hints }));
}

describe('what is read', () => {
  it('is what the lookback reaches, without its left end', async () => {
    expect(await readsOf('m', 1000)).toEqual([{ fromSec: 700.001, toSec: 1000, stepMs: 0, function: null }]);
  });

  it('is what any step reaches through range, offset and @', async () => {
    expect(await readsOf('sum_over_time(m[1m] offset 10s)', 1000, 1100, 50)).toEqual([{ fromSec: 930.001, toSec: 1090, stepMs: 50_000, function: 'sum_over_time' }]);
    expect(await readsOf('sum(m @ 500)', 1000, 1100, 50)).toEqual([{ fromSec: 200.001, toSec: 500, stepMs: 50_000, function: 'sum' }]);
  });

  it('is what the steps of a subquery reach', async () => {
    expect(await readsOf('count_over_time(m[1m:20s])', 1005)).toEqual([{ fromSec: 660.001, toSec: 1000, stepMs: 20_000, function: 'count_over_time' }]);
  });

  it('is read once when two selectors look at the same, and twice when they look at times far apart', async () => {
    expect(await readsOf('sum_over_time(m[5m]) / count_over_time(m[10m])', 1000)).toEqual([{ fromSec: 400.001, toSec: 1000, stepMs: 0, function: null }]);
    expect(await readsOf('m - m offset 1w', 700_000)).toHaveLength(2);
  });

  it('is nothing for a subquery without steps', async () => {
    expect(await readsOf('count_over_time(m[10s:1m])', 50)).toEqual([]);
  });
});
