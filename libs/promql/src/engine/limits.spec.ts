import { describe, expect, it } from 'vitest';
import { ask, MemorySeries } from './memory-series.fixture.js';

const reader = new MemorySeries(1000);
for (let i = 0; i < 20; i++) reader.add({ __name__: 'm', i: String(i) }, Array.from({ length: 100 }, (_, k) => k));

const asked = { query: 'm', reader, startSec: 0, endSec: 99, stepSec: 1 };
const TOO_MANY = 'query processing would load too many samples into memory in query execution';

describe('limits of a query', () => {
  it('counts the samples that it holds at one time', async () => {
    await expect(ask({ ...asked, options: { maxSamples: 2000 } })).resolves.toBeDefined();
    await expect(ask({ ...asked, options: { maxSamples: 1999 } })).rejects.toMatchObject({ type: 'execution', message: TOO_MANY });
    // The parts are let go of: each of the sums needs its 2000 samples only while it is made.
    await expect(ask({ ...asked, query: 'sum(m) + sum(m) + sum(m)', options: { maxSamples: 2400 } })).resolves.toBeDefined();
  });

  it('counts what the widest window of a range holds', async () => {
    const wide = { query: 'sum(count_over_time(m[100s]))', reader, startSec: 99 };
    await expect(ask({ ...wide, options: { maxSamples: 120 } })).resolves.toBeDefined();
    await expect(ask({ ...wide, options: { maxSamples: 99 } })).rejects.toThrow(TOO_MANY);
  });

  it('refuses a subquery of endless steps at once', async () => {
    await expect(ask({ query: 'sum_over_time(vector(1)[10y:1ms])', reader, startSec: 0 })).rejects.toThrow(TOO_MANY);
  });

  it('ends before it begins, or during its turns, when the signal says so', async () => {
    const canceled = AbortSignal.abort();
    await expect(ask({ ...asked, options: { signal: canceled } })).rejects.toMatchObject({ type: 'canceled', message: 'query was canceled in expression evaluation' });
    const controller = new AbortController();
    let turns = 0;
    const nextTurn = async (): Promise<void> => {
      if (++turns === 2) controller.abort(new DOMException('late', 'TimeoutError'));
    };
    const long = ask({ query: 'sum_over_time(m[99s:1ms])', reader, startSec: 99, options: { signal: controller.signal, nextTurn, maxSamples: 1e8 } });
    await expect(long).rejects.toMatchObject({ type: 'timeout', message: 'query timed out in expression evaluation' });
    expect(turns).toBe(2);
  });

  it('passes on what the reader says, unless the query was ended', async () => {
    const failing = { select: () => Promise.reject(new Error('disk on fire')) };
    await expect(ask({ ...asked, reader: failing })).rejects.toThrow('disk on fire');
    const controller = new AbortController();
    const ending = {
      select: () => {
        controller.abort(new DOMException('late', 'TimeoutError'));
        return Promise.reject(new Error('aborted'));
      },
    };
    await expect(ask({ ...asked, reader: ending, options: { signal: controller.signal } })).rejects.toMatchObject({ type: 'timeout', message: 'query timed out in expression evaluation' });
  });
});
