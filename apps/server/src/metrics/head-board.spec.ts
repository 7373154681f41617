import { beforeEach, describe, expect, it } from 'vitest';
import { HeadBoard } from './head-board.js';

let writer: HeadBoard;
let reader: HeadBoard;

beforeEach(() => {
  const shared = HeadBoard.allocate();
  writer = new HeadBoard(shared);
  reader = new HeadBoard(shared);
});

describe('HeadBoard', () => {
  it('says nothing before a writer does, nor while one reads the journal', () => {
    expect(reader.blocksUntil(0)).toBeNull();
    writer.leased(60_000, 0);
    writer.begin(7);
    expect(reader.blocksUntil(0)).toBeNull();
  });

  it('is certain of what is older than the head, and of nothing else', () => {
    writer.begin(7);
    writer.leased(60_000, 0);
    writer.headFrom(1_000);
    expect([reader.blocksUntil(999), reader.blocksUntil(1_000)]).toEqual(['7/0', null]);
    writer.headFrom(500);
    expect(reader.blocksUntil(999)).toBeNull();
    writer.headFrom(Infinity);
    expect(reader.blocksUntil(Number.MAX_SAFE_INTEGER)).toBe('7/0');
  });

  it('names another state after each change and for each writer', () => {
    writer.begin(7);
    writer.leased(60_000, 0);
    writer.headFrom(1_000);
    const states = [reader.blocksUntil(0)];
    writer.blocksChanged();
    states.push(reader.blocksUntil(0));
    writer.begin(8);
    writer.headFrom(1_000);
    states.push(reader.blocksUntil(0));
    expect(new Set(states).size).toBe(3);
    expect(reader.blocksState).toBe(states[2]);
  });

  it('is certain of nothing once another server may write', () => {
    writer.begin(7);
    writer.headFrom(1_000);
    writer.leased(5_000, 5_001);
    expect([reader.blocksUntil(0), reader.isLeased]).toEqual([null, false]);
    writer.leased(5_000, 10);
    expect([reader.blocksUntil(0), reader.isLeased]).toEqual(['7/0', true]);
  });
});
