import { describe, expect, it } from 'vitest';
import { encodeSegment, SegmentReader } from '#metrics';
import { BlockCache } from './block-cache.js';
import { ReadBlock } from './read-block.js';

function block(samples: number): ReadBlock {
  const timesMs = Float64Array.from({ length: samples }, (_, i) => i * 15_000);
  const values = timesMs.map((_, i) => (i * 7_919) % 10_007);
  const { directory, data } = encodeSegment([{ seriesId: 1, samples: { timesMs, values, kinds: null, histograms: null, startsMs: null } }]);
  return new ReadBlock(new SegmentReader(directory), data);
}

describe('BlockCache', () => {
  it('lets go of what was used longest ago', () => {
    const each = block(100).bytes;
    const cache = new BlockCache(2 * each);
    const [a, b, c] = [block(100), block(100), block(100)];
    cache.put('a', a);
    cache.put('b', b);
    expect(cache.get('a')).toBe(a);
    cache.put('c', c);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([a, undefined, c]);
    expect(cache.bytes).toBe(2 * each);
  });

  it('counts what was decoded', () => {
    const [a, b] = [block(1_000), block(1_000)];
    const cache = new BlockCache(a.bytes + b.bytes + 100);
    cache.put('a', a);
    cache.put('b', b);
    const run = b.samples(b.reader.entryAt(0));
    cache.weigh('b');
    expect([cache.get('a'), cache.get('b')]).toEqual([undefined, b]);
    expect(cache.bytes).toBe(b.bytes);
    expect(b.samples(b.reader.entryAt(0))).toBe(run);
  });

  it('takes nothing that is larger than it may be', () => {
    const cache = new BlockCache(10);
    cache.put('a', block(10));
    expect([cache.get('a'), cache.bytes]).toEqual([undefined, 0]);
  });
});
