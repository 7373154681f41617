import { describe, expect, it } from 'vitest';
import { SharedWrite } from './shared-write.js';

describe('a shared write', () => {
  it('carries out alone what comes alone, and together what came meanwhile, each with its own result', async () => {
    const batches: (readonly number[])[] = [];
    const shared = new SharedWrite<number, string>(async (items) => {
      batches.push(items);
      await Promise.resolve();
      return items.map((item) => `did ${item}`);
    });
    expect(await Promise.all([1, 2, 3].map((item) => shared.run(item)))).toEqual(['did 1', 'did 2', 'did 3']);
    expect(batches).toEqual([[1], [2, 3]]);
    expect(await shared.run(4)).toBe('did 4');
  });

  it('fails only the one that is refused', async () => {
    const shared = new SharedWrite<number, number>(async (items) => {
      if (items.includes(2)) throw new Error('refused by the test');
      return items;
    });
    const results = await Promise.allSettled([1, 2, 3].map((item) => shared.run(item)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('fails all at once while the database is away', async () => {
    let calls = 0;
    const shared = new SharedWrite<number, number>(async () => {
      calls += 1;
      throw Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    });
    const results = await Promise.allSettled([1, 2, 3].map((item) => shared.run(item)));
    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    expect(calls).toBe(2);
  });
});
