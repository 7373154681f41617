import { describe, expect, it } from 'vitest';
import { JournalDecoder } from '#metrics';
import { WriterReplacedError } from '../../storage/metrics/journal.store.js';
import { JournalFeed, NotCommittedError, type JournalRowToWrite } from './journal-feed.js';

/** A journal in memory that can be told to fail. */
class MemoryJournal {
  readonly rows: JournalRowToWrite[] = [];
  readonly opened: number[] = [];
  failures: Error[] = [];

  openPart = (part: number): Promise<void> => {
    this.opened.push(part);
    return Promise.resolve();
  };
  append = (row: JournalRowToWrite): Promise<void> => {
    const failure = this.failures.shift();
    if (failure !== undefined) return Promise.reject(failure);
    this.rows.push(row);
    return Promise.resolve();
  };
  appendBeside = (): Promise<void> => Promise.resolve();

  values(part: number): number[] {
    const decoder = new JournalDecoder();
    return this.rows.filter((row) => row.part === part).flatMap(({ data }) => ((batch) => [...batch.values.subarray(0, batch.count)])(decoder.decode(data)));
  }
}

async function started(): Promise<{ journal: MemoryJournal; feed: JournalFeed; opened: number[]; replaced: Error[] }> {
  const journal = new MemoryJournal();
  const opened: number[] = [];
  const replaced: Error[] = [];
  const feed = new JournalFeed(journal, { firstPart: 7, partOpened: (part) => opened.push(part), replaced: (error) => replaced.push(error), troubled: () => undefined });
  await feed.nextPart();
  return { journal, feed, opened, replaced };
}

const push = (feed: JournalFeed, value: number): void => feed.gathering.samples.push(1, value * 1_000, value, 0, 0, null);

describe('JournalFeed', () => {
  it('commits what was gathered together, in order', async () => {
    const { journal, feed } = await started();
    push(feed, 1);
    const first = feed.committed();
    push(feed, 2);
    await Promise.all([first, feed.committed()]);
    push(feed, 3);
    await feed.committed();
    expect(journal.values(7)).toEqual([1, 2, 3]);
    expect(journal.rows.map(({ seq }) => seq)).toEqual([0, 1]);
  });

  it('resolves only after everything before it, also for who added nothing', async () => {
    const { journal, feed } = await started();
    push(feed, 1);
    await feed.committed();
    await feed.committed();
    expect(journal.rows).toHaveLength(1);
  });

  it('tells who waits of a failure, and still commits the batch, once and in order', async () => {
    const { journal, feed } = await started();
    journal.failures = [new Error('gone'), new Error('still gone')];
    push(feed, 1);
    await expect(feed.committed()).rejects.toThrow(NotCommittedError);
    expect(feed.failure?.message).toBe('gone');
    push(feed, 2);
    await feed.committed().catch(() => feed.committed());
    expect(feed.failure).toBeNull();
    expect(journal.values(7)).toEqual([1, 2]);
  });

  it('begins a new part with absolute values, in the turn in which it says so', async () => {
    const { journal, feed, opened } = await started();
    push(feed, 1);
    await feed.committed();
    await feed.nextPart();
    push(feed, 2);
    await feed.committed();
    expect(opened).toEqual([7, 8]);
    expect([journal.values(7), journal.values(8)]).toEqual([[1], [2]]);
  });

  it('commits nothing more when another writer has taken over', async () => {
    const { journal, feed, replaced } = await started();
    journal.failures = [new WriterReplacedError()];
    push(feed, 1);
    await expect(feed.committed()).rejects.toThrow(WriterReplacedError);
    await expect(feed.committed()).rejects.toThrow(WriterReplacedError);
    expect(replaced).toHaveLength(1);
    expect(journal.rows).toEqual([]);
  });
});
