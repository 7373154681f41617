import { describe, expect, it } from 'vitest';
import { WriteBatch } from './write-batch.js';

/** A queue in the test's hands. */
function setUp(write: (items: readonly number[]) => void): { batch: WriteBatch<number>; run: () => Promise<void>; queued: () => number } {
  const jobs: (() => Promise<void>)[] = [];
  const batch = new WriteBatch<number>({ push: (_, job) => void jobs.push(job) }, { what: 'numbers', write: async (items) => write(items) });
  const run = async (): Promise<void> => {
    await jobs[0]?.();
    jobs.shift();
  };
  return { batch, run, queued: () => jobs.length };
}

describe('writes that are gathered', () => {
  it('take one place in the queue and are written in their order, at once', async () => {
    const written: (readonly number[])[] = [];
    const { batch, run, queued } = setUp((items) => void written.push(items));
    for (const item of [1, 2, 3]) batch.add(item);
    expect(queued()).toBe(1);
    await run();
    expect(written).toEqual([[1, 2, 3]]);
    expect(queued()).toBe(0);
  });

  it('are split when they are very many, with none lost or doubled', async () => {
    const written: (readonly number[])[] = [];
    const { batch, run, queued } = setUp((items) => void written.push(items));
    const all = Array.from({ length: 2_500 }, (_, i) => i);
    for (const item of all) batch.add(item);
    expect(queued()).toBe(1);
    await run();
    expect(written.map(({ length }) => length)).toEqual([1_000, 1_000, 500]);
    expect(written.flat()).toEqual(all);
  });

  it('that come while others are on their way take a place of their own', async () => {
    const written: (readonly number[])[] = [];
    const { batch, run, queued } = setUp((items) => {
      if (written.push(items) === 1) batch.add(2);
    });
    batch.add(1);
    const first = run();
    expect(queued()).toBe(2);
    await first;
    await run();
    expect(written).toEqual([[1], [2]]);
  });

  it('are tried again together with what came since, while the database is away', async () => {
    const written: (readonly number[])[] = [];
    let away = true;
    const { batch, run } = setUp((items) => {
      if (away) throw Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
      written.push(items);
    });
    batch.add(1);
    await expect(run()).rejects.toThrow();
    batch.add(2);
    away = false;
    await run();
    expect(written).toEqual([[1, 2]]);
  });

  it('do without the one that the database refuses', async () => {
    const written: (readonly number[])[] = [];
    const { batch, run } = setUp((items) => {
      if (items.includes(2)) throw Object.assign(new Error('refused by the test'), { code: '22P05' });
      written.push(items);
    });
    for (const item of [1, 2, 3]) batch.add(item);
    await run();
    expect(written.flat()).toEqual([1, 3]);
    batch.add(4);
    await run();
    expect(written.flat()).toEqual([1, 3, 4]);
  });
});
