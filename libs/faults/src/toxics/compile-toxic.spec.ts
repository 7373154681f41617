import { describe, expect, it } from 'vitest';
import { TOXIC_TYPES } from '#contracts';
import type { Stream, Toxic, ToxicType } from '#contracts';
import fc from 'fast-check';
import { seeded } from '../random.js';
import type { Emission, StreamStage } from '../stream-stage.js';
import { compileToxic } from './compile-toxic.js';

function toxic(type: ToxicType, attributes: Readonly<Record<string, number>> = {}, more: Partial<Toxic> = {}): Toxic {
  return { name: `${type}_downstream`, type, stream: 'downstream', toxicity: 1, attributes, ...more };
}
function stageOf(of: Toxic, previous?: StreamStage): StreamStage {
  const stage = compileToxic(of, seeded(2)).forConnection({ index: 0, sourceAddress: '127.0.0.1', isNew: true })?.stage?.(of.stream, previous);
  if (stage === undefined || stage === null) throw new Error(`${of.type} has no stage`);
  return stage;
}
function hitCount(of: Toxic, seed = 4): number {
  const rule = compileToxic(of, seeded(seed));
  return Array.from({ length: 10_000 }, (_, index) => rule.forConnection({ index, sourceAddress: '127.0.0.1', isNew: true })).filter((hit) => hit !== null).length;
}
const texts = (emissions: readonly Emission[]): readonly string[] => emissions.map((emission) => `${emission.type}@${emission.atMs}${emission.type === 'data' ? ` ${emission.bytes.length}` : ''}`);
const zeroes = (size: number): Uint8Array => new Uint8Array(size);
const ACTING = TOXIC_TYPES.filter((type) => type !== 'noop');

describe('toxicity', () => {
  it.each(ACTING)('of %s at 0 or less hits no connection, at 1 or more every one', (type) => {
    expect([-1, 0, 1, 7].map((toxicity) => hitCount(toxic(type, {}, { toxicity })))).toEqual([0, 0, 10_000, 10_000]);
  });

  it('is the share of the connections that are hit', () => {
    // Six standard deviations of a binomial count with n = 10000, p = 0.3.
    expect(Math.abs(hitCount(toxic('latency', {}, { toxicity: 0.3 })) - 3_000)).toBeLessThan(275);
  });

  it('is drawn anew with other lots', () => {
    const hits = (seed: number): readonly boolean[] => {
      const rule = compileToxic(toxic('latency', {}, { toxicity: 0.5 }), seeded(seed));
      return Array.from({ length: 100 }, (_, index) => rule.forConnection({ index, sourceAddress: '127.0.0.1', isNew: true }) !== null);
    };
    expect(hits(1)).toEqual(hits(1));
    expect(hits(1)).not.toEqual(hits(2));
  });
});

describe('a toxic', () => {
  it.each(ACTING.flatMap((type) => (['upstream', 'downstream'] as const).map((stream) => [type, stream] as [ToxicType, Stream])))('%s acts on its own stream alone: %s', (type, stream) => {
    const rule = compileToxic(toxic(type, {}, { stream }), seeded(1)).forConnection({ index: 0, sourceAddress: '127.0.0.1', isNew: true });
    expect(rule?.stage?.(stream)).not.toBeNull();
    expect(rule?.stage?.(stream === 'upstream' ? 'downstream' : 'upstream')).toBeNull();
    expect([rule?.onConnect, rule?.onRequest, rule?.onResponse, rule?.onExchange]).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('does nothing when it is a noop', () => {
    expect(hitCount(toxic('noop'))).toBe(0);
  });

  it('is never announced, closes no port and resets nothing that is open', () => {
    for (const type of TOXIC_TYPES) expect(compileToxic(toxic(type), seeded(1))).toEqual({ announce: false, forConnection: expect.any(Function) });
  });
});

describe('attributes', () => {
  it('are in the units of Toxiproxy', () => {
    expect(texts(stageOf(toxic('latency', { latency: 100 })).data(zeroes(1), 5))).toEqual(['data@105 1']);
    // 500 KB/s, a kilobyte being 1000 bytes.
    expect(stageOf(toxic('bandwidth', { rate: 500 })).data(zeroes(50_000), 0).at(-1)?.atMs).toBeCloseTo(100, 6);
    expect(texts(stageOf(toxic('slow_close', { delay: 30 })).end(5))).toEqual(['end@35']);
    expect(texts(stageOf(toxic('timeout', { timeout: 30 })).start?.(5) ?? [])).toEqual(['close@35']);
    expect(texts(stageOf(toxic('reset_peer', { timeout: 30 })).data(zeroes(1), 5))).toEqual(['reset@35']);
    // Microseconds, unlike all the others.
    expect(texts(stageOf(toxic('slicer', { average_size: 2, delay: 1_500 })).data(zeroes(4), 0))).toEqual(['data@0 2', 'data@1.5 2']);
    expect(texts(stageOf(toxic('limit_data', { bytes: 3 })).data(zeroes(4), 0))).toEqual(['data@0 3', 'close@0']);
  });

  it('are 0 when they are left out', () => {
    expect(texts(stageOf(toxic('latency')).data(zeroes(1), 5))).toEqual(['data@5 1']);
    expect(texts(stageOf(toxic('bandwidth')).data(zeroes(1), 5))).toEqual(['data@Infinity 1']);
    expect(texts(stageOf(toxic('slow_close')).end(5))).toEqual(['end@5']);
    expect(stageOf(toxic('timeout')).start?.(5)).toEqual([]);
    expect(texts(stageOf(toxic('reset_peer')).data(zeroes(1), 5))).toEqual(['reset@5']);
    expect(texts(stageOf(toxic('slicer')).data(zeroes(2), 0))).toEqual(['data@0 1', 'data@0 1']);
    expect(texts(stageOf(toxic('limit_data')).data(zeroes(4), 0))).toEqual(['close@0']);
  });

  it('spread latency by the jitter, either way', () => {
    const leave = Array.from({ length: 2_000 }, (_, index) =>
      compileToxic(toxic('latency', { latency: 100, jitter: 40 }), seeded(index)).forConnection({ index: 0, sourceAddress: '127.0.0.1', isNew: true })?.stage?.('downstream')?.data(zeroes(1), 0)[0]?.atMs ?? -1,
    );
    expect([Math.round(Math.min(...leave)), Math.round(Math.max(...leave))]).toEqual([60, 140]);
  });

  it('of any value make a stage that neither throws nor hangs', () => {
    const value = fc.oneof(fc.integer({ min: -10, max: 10 }), fc.constantFrom(-(2 ** 53), 2 ** 53 - 1, 2 ** 31));
    fc.assert(
      fc.property(fc.constantFrom(...ACTING), fc.dictionary(fc.constantFrom('latency', 'jitter', 'rate', 'delay', 'timeout', 'average_size', 'size_variation', 'bytes', 'junk'), value), fc.nat(3_000), (type, attributes, size) => {
        const stage = stageOf(toxic(type, attributes));
        const emissions = [...(stage.start?.(0) ?? []), ...stage.data(zeroes(size), 1), ...stage.end(2)];
        expect(emissions.some(({ atMs }) => Number.isNaN(atMs))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe('an update', () => {
  it('goes on counting data where the toxic before it stopped', () => {
    const before = stageOf(toxic('limit_data', { bytes: 100 }));
    before.data(zeroes(90), 0);
    expect(texts(stageOf(toxic('limit_data', { bytes: 100 }), before).data(zeroes(20), 1))).toEqual(['data@1 10', 'close@1']);
  });
});

describe('removal', () => {
  it('closes where bytes are missing, resets where a reset was under way, and lets all others go on', () => {
    const removalOf = (type: ToxicType): string => {
      const stage = stageOf(toxic(type, { timeout: 1_000, bytes: 1_000 }));
      stage.data(zeroes(1), 0);
      return stage.removal;
    };
    expect(Object.fromEntries(ACTING.map((type) => [type, removalOf(type)]))).toEqual({ latency: 'flush', bandwidth: 'flush', slow_close: 'flush', timeout: 'close', reset_peer: 'reset', slicer: 'flush', limit_data: 'flush' });
  });
});
