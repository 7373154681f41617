import { describe, expect, it } from 'vitest';
import { BoundedQueue } from './bounded-queue.js';

/** A task that ends when it is told to. */
function openTask(): { task: () => Promise<string>; end: () => void; started: () => boolean } {
  let started = false;
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const task = async (): Promise<string> => {
    started = true;
    await ended;
    return 'value';
  };
  return { task, end, started: () => started };
}

describe('BoundedQueue', () => {
  it('runs some, lets some wait and sheds the rest at once', async () => {
    const queue = new BoundedQueue({ concurrency: 1, maxWaiting: 1 });
    const [first, second, third] = [openTask(), openTask(), openTask()];
    const results = [queue.run(first.task), queue.run(second.task), queue.run(third.task)];
    expect(await results[2]).toEqual({ kind: 'shed' });
    expect([first.started(), second.started(), third.started()]).toEqual([true, false, false]);
    first.end();
    expect(await results[0]).toEqual({ kind: 'done', value: 'value' });
    second.end();
    expect(await results[1]).toEqual({ kind: 'done', value: 'value' });
  });

  it('keeps its places when tasks fail', async () => {
    const queue = new BoundedQueue({ concurrency: 1, maxWaiting: 0 });
    await expect(queue.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await queue.run(() => Promise.resolve(1))).toEqual({ kind: 'done', value: 1 });
  });

  it('never runs more at once than it may', async () => {
    const queue = new BoundedQueue({ concurrency: 3, maxWaiting: 100 });
    let running = 0;
    let most = 0;
    const task = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
    };
    await Promise.all(Array.from({ length: 50 }, () => queue.run(task)));
    expect([most, running]).toEqual([3, 0]);
  });
});
