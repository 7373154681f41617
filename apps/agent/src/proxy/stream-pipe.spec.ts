import { performance } from 'node:perf_hooks';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Emission, StreamStage } from '#faults';
import { StreamPipe } from './stream-pipe.js';

/** Holds everything for ever, or passes it marked with its name. */
function stage(name: string, removal: StreamStage['removal'] = 'flush', atMs = -Infinity): StreamStage {
  return {
    removal,
    data: (bytes): readonly Emission[] => [{ type: 'data', atMs, bytes: Buffer.concat([bytes, Buffer.from(name)]) }],
    end: (): readonly Emission[] => [{ type: 'end', atMs }],
  };
}
const holding = (name: string, removal?: StreamStage['removal']): StreamStage => stage(name, removal, Infinity);

let out: string[];
let pipe: StreamPipe;
beforeEach(() => {
  out = [];
  pipe = new StreamPipe({
    data: (bytes) => out.push(String(bytes)),
    end: () => out.push('END'),
    cut: (type) => {
      out.push(type);
      pipe.drop();
    },
    drained: () => out.push('drained'),
  });
});
const pass = (text: string): void => pipe.pass(Buffer.from(text));

describe('StreamPipe', () => {
  it('is clear without stages, and again when the last has gone', () => {
    expect(pipe.clear).toBe(true);
    const section = pipe.add('a', stage('a'), []);
    pass('1');
    expect([pipe.clear, pipe.staged]).toEqual([false, true]);
    pipe.remove(section);
    pass('2');
    pipe.passEnd();
    expect([out, pipe.clear]).toEqual([['1a', '2', 'END'], true]);
  });

  it('leads through the stages in the order of their faults, however they came', () => {
    pipe.add('a', stage('a'), []);
    pipe.add('c', stage('c'), ['a', 'b']);
    pipe.add('b', stage('b'), ['a']);
    pass('1');
    expect(out).toEqual(['1abc']);
  });

  it('lets what a stage holds go on in order when it is taken away, through the stages behind it', () => {
    const section = pipe.add('a', holding('a'), []);
    pipe.add('b', stage('b'), ['a']);
    pass('1');
    pass('2');
    pipe.passEnd();
    expect(out).toEqual([]);
    pipe.remove(section);
    expect(out).toEqual(['1ab', '2ab', 'END']);
  });

  it.each(['close', 'reset'] as const)('ends the connection with a stage whose removal is %s', (removal) => {
    const section = pipe.add('a', holding('a', removal), []);
    pass('1');
    pipe.remove(section);
    expect(out).toEqual([removal]);
  });

  it('puts a changed stage into the place of the old, whose bytes go on first', () => {
    const old = pipe.add('a', holding('a'), []);
    pipe.add('b', stage('b'), ['a']);
    pass('1');
    pipe.replace(old, stage('A'));
    pass('2');
    expect(out).toEqual(['1ab', '2Ab']);
  });

  it('keeps everything in order behind a hold, also what stages let out meanwhile', () => {
    const section = pipe.add('a', holding('a'), []);
    pass('1');
    pipe.hold();
    pipe.remove(section);
    pass('2');
    pipe.passEnd();
    expect(out).toEqual([]);
    pipe.release();
    expect([out, pipe.clear]).toEqual([['1a', '2', 'END'], true]);
  });

  it('cuts at once, although bytes wait', () => {
    pipe.add('a', holding('a'), []);
    pass('1');
    pipe.add('b', { ...stage('b'), start: () => [{ type: 'reset', atMs: 0 }] }, ['a']).start(1);
    expect(out).toEqual(['reset']);
  });

  it('closes behind what later stages hold', () => {
    pipe.add('a', { ...stage('a'), data: (bytes) => [{ type: 'data', atMs: 0, bytes }, { type: 'close', atMs: 0 }] }, []);
    const delay = pipe.add('b', holding('b'), ['a']);
    pipe.hold();
    pass('1');
    expect(out).toEqual([]);
    pipe.remove(delay);
    expect(out).toEqual([]);
    pipe.release();
    expect(out).toEqual(['1b', 'close']);
  });

  it('keeps the order of a stream that is never wholly delivered', async () => {
    const pieces = Array.from({ length: 6_000 }, (_, i) => String(i));
    pipe.add('a', { ...stage('a'), data: (bytes) => [{ type: 'data', atMs: performance.now() + 3, bytes }] }, []);
    for (const [i, piece] of pieces.entries()) {
      pass(piece);
      if (i % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    while (out.length < pieces.length) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(out).toEqual(pieces);
  });

  it('cuts at its time', async () => {
    const cut = new Promise<void>((resolve) => {
      pipe = new StreamPipe({ data: () => undefined, end: () => undefined, cut: () => resolve(), drained: () => undefined });
    });
    pipe.add('a', { ...holding('a'), start: (nowMs) => [{ type: 'close', atMs: nowMs + 20 }] }, []).start(performance.now());
    await cut;
  });

  it('is full when stages hold too much, and says when there is room again', () => {
    const section = pipe.add('a', holding('a'), []);
    const block = Buffer.alloc(1_048_576);
    for (let i = 0; i < 16; i++) pipe.pass(block);
    expect(pipe.full).toBe(true);
    pipe.remove(section);
    expect([pipe.full, out.filter((text) => text === 'drained').length]).toEqual([false, 1]);
  });
});
