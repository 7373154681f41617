import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random.js';
import type { Random } from '../random.js';
import type { Emission, StreamStage } from '../stream-stage.js';
import { Bandwidth } from './bandwidth.js';
import { Delay } from './delay.js';
import { Hold } from './hold.js';
import { LimitData } from './limit-data.js';
import { Loss } from './loss.js';
import { stagePerStream } from './per-stream.js';
import { ResetAfter } from './reset-after.js';
import { ResetOnInput } from './reset-on-input.js';
import { Slicer } from './slicer.js';
import { SlowClose } from './slow-close.js';
import { Swallow } from './swallow.js';

type DataEmission = Extract<Emission, { type: 'data' }>;
interface Chunk {
  readonly stampMs: number;
  readonly bytes: Uint8Array;
}

/** A chunk whose bytes say where in the stream they belong. */
function chunksOf(sizes: readonly { readonly gapMs: number; readonly size: number }[]): readonly Chunk[] {
  let stampMs = 1_000;
  let at = 0;
  return sizes.map(({ gapMs, size }) => {
    stampMs += gapMs;
    return { stampMs, bytes: Uint8Array.from({ length: size }, () => at++ % 251) };
  });
}
const chunksArbitrary = fc.array(fc.record({ gapMs: fc.nat(200), size: fc.integer({ min: 1, max: 5_000 }) }), { minLength: 1, maxLength: 12 }).map(chunksOf);

/** Everything that leaves, the end included. */
function feed(stage: StreamStage, chunks: readonly Chunk[]): readonly Emission[] {
  return [...chunks.flatMap(({ bytes, stampMs }) => stage.data(bytes, stampMs)), ...stage.end(chunks.at(-1)?.stampMs ?? 0)];
}
function isData(emission: Emission): emission is DataEmission {
  return emission.type === 'data';
}
/** A string, as comparing long lists number by number takes minutes. */
function joined(parts: readonly { readonly bytes: Uint8Array }[]): string {
  return Buffer.concat(parts.map(({ bytes }) => bytes)).toString('latin1');
}
const zeroes = (size: number): Uint8Array => new Uint8Array(size);
const texts = (emissions: readonly Emission[]): readonly string[] => emissions.map((emission) => `${emission.type}@${emission.atMs}${emission.type === 'data' ? ` ${emission.bytes.length}` : ''}`);

/** Stages that let everything through, sooner or later. */
const KEEPING: Readonly<Record<string, (random: Random) => StreamStage>> = {
  delay: (random) => new Delay({ latencyMs: 100, jitterMs: 80 }, random),
  bandwidth: () => new Bandwidth(20_000),
  'slow close': () => new SlowClose(50),
  slicer: (random) => new Slicer({ averageBytes: 100, variationBytes: 60, pauseMicros: 300 }, random),
  loss: (random) => new Loss({ lossShare: 0.3, rtoMs: 200 }, random),
  hold: () => new Hold(),
  'reset after': () => new ResetAfter(10),
  'limit above': () => new LimitData(1_000_000),
};

describe.each(Object.entries(KEEPING))('%s', (_name, make) => {
  it('keeps every byte in its order, never lets one leave early, and says all in order of time', () => {
    fc.assert(
      fc.property(fc.nat(), chunksArbitrary, (seed, chunks) => {
        const stage = make(seededRandom(seed));
        let before = -Infinity;
        for (const { bytes, stampMs } of chunks) {
          const emissions = stage.data(bytes, stampMs);
          expect(joined(emissions.filter(isData))).toBe(joined([{ bytes }]));
          for (const { atMs } of emissions) {
            if (atMs < Math.max(before, stampMs)) expect.fail(`leaves at ${atMs}, came at ${stampMs}, behind one that leaves at ${before}`);
            before = atMs;
          }
        }
        const [end, ...more] = stage.end(chunks.at(-1)?.stampMs ?? 0);
        expect([end?.type, more]).toEqual(['end', []]);
        expect(end?.atMs).toBeGreaterThanOrEqual(before);
      }),
      { numRuns: 200 },
    );
  });

  it('does the same with the same seed', () => {
    fc.assert(
      fc.property(fc.nat(), chunksArbitrary, (seed, chunks) => {
        const [one, other] = [feed(make(seededRandom(seed)), chunks), feed(make(seededRandom(seed)), chunks)];
        expect(texts(one).join()).toBe(texts(other).join());
      }),
      { numRuns: 50 },
    );
  });

  it('lets go of what it holds when it is taken away', () => {
    expect(make(seededRandom(1)).removal).toBe('flush');
  });
});

describe('delay', () => {
  it('counts from the arrival of each chunk, so chunks that come apart leave apart', () => {
    const stage = new Delay({ latencyMs: 100, jitterMs: 0 }, seededRandom(1));
    expect(texts([...stage.data(zeroes(3), 0), ...stage.data(zeroes(4), 30), ...stage.end(35)])).toEqual(['data@100 3', 'data@130 4', 'end@130']);
  });

  it('adds up with another', () => {
    const [one, other] = [1, 2].map((seed) => new Delay({ latencyMs: 500, jitterMs: 0 }, seededRandom(seed)));
    const [first] = one?.data(zeroes(1), 10) ?? [];
    expect(texts(other?.data(zeroes(1), first?.atMs ?? 0) ?? [])).toEqual(['data@1010 1']);
  });

  it('spreads over the whole of the jitter, never below nothing', () => {
    const delays = (latencyMs: number, jitterMs: number): readonly number[] => {
      const random = seededRandom(9);
      // A stage of its own each, or order would hide the short delays.
      return Array.from({ length: 5_000 }, () => new Delay({ latencyMs, jitterMs }, random).data(zeroes(1), 0)[0]?.atMs ?? -1);
    };
    const spread = delays(100, 40);
    expect([Math.round(Math.min(...spread)), Math.round(Math.max(...spread))]).toEqual([60, 140]);
    expect(Math.min(...delays(10, 40))).toBe(0);
  });

  it('lets the end pass at once when nothing is in front of it', () => {
    expect(texts(new Delay({ latencyMs: 100, jitterMs: 0 }, seededRandom(1)).end(5))).toEqual(['end@5']);
  });
});

describe('bandwidth', () => {
  it('never lets more pass than the rate, over any window', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 2_000_000 }), chunksArbitrary, (rate, chunks) => {
        const leaving = feed(new Bandwidth(rate), chunks).filter(isData);
        // The window opens as a slice leaves, or as the first byte comes.
        const opens = [chunks[0]?.stampMs ?? 0, ...leaving.map(({ atMs }) => atMs)];
        // The most that any window ending here saw above its rate, window by window from the first byte on.
        let worst = 0;
        leaving.forEach(({ atMs, bytes }, index) => {
          worst = Math.max(worst, 0) + bytes.length - (rate * (atMs - (opens[index] ?? 0))) / 1_000;
          if (worst > 1e-3) expect.fail(`${worst} bytes above the rate of ${rate} at ${atMs} ms`);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('takes as long as the bytes need at that rate', () => {
    const last = feed(new Bandwidth(1_000_000), [{ stampMs: 0, bytes: zeroes(480_000) }]).at(-1);
    expect(last?.atMs).toBeCloseTo(480, 6);
  });

  it('lets a large chunk flow evenly, in slices of a few milliseconds', () => {
    const leaving = new Bandwidth(100_000).data(zeroes(65_536), 0);
    const gapsMs = leaving.map(({ atMs }, index) => atMs - (leaving[index - 1]?.atMs ?? 0));
    expect(Math.max(...gapsMs)).toBeLessThanOrEqual(20);
    expect(Math.min(...gapsMs.slice(0, -1))).toBeGreaterThanOrEqual(10);
  });

  it('saves nothing up while nothing comes', () => {
    const stage = new Bandwidth(1_000);
    stage.data(zeroes(10), 0);
    expect(stage.data(zeroes(100), 60_000).at(-1)?.atMs).toBeCloseTo(60_100, 6);
  });

  it('passes nothing at 0', () => {
    expect(texts(feed(new Bandwidth(0), [{ stampMs: 5, bytes: zeroes(10) }]))).toEqual(['data@Infinity 10', 'end@Infinity']);
  });
});

describe('slicer', () => {
  const sizes = (averageBytes: number, variationBytes: number, bytes: number): readonly number[] =>
    new Slicer({ averageBytes, variationBytes, pauseMicros: 10 }, seededRandom(4)).data(zeroes(bytes), 0).filter(isData).map((piece) => piece.bytes.length);

  it('cuts into pieces of the average size, give or take', () => {
    const pieces = sizes(1_024, 512, 480_000);
    expect(pieces.length).toBeGreaterThan(480 / 2);
    expect(pieces.length).toBeLessThan(480 / 2 + 480);
    expect(Math.max(...pieces)).toBeLessThanOrEqual(1_536);
    expect(Math.min(...pieces.slice(0, -1))).toBeGreaterThanOrEqual(512);
  });

  it('cuts evenly without variation', () => {
    expect(sizes(1, 0, 24)).toEqual(new Array(24).fill(1));
    expect(sizes(10, 0, 24)).toEqual([10, 10, 4]);
    expect(sizes(100, 0, 24)).toEqual([24]);
  });

  it('pauses behind each piece, also into the next chunk and before the end', () => {
    const stage = new Slicer({ averageBytes: 2, variationBytes: 0, pauseMicros: 1_500 }, seededRandom(1));
    expect(texts([...stage.data(zeroes(3), 0), ...stage.data(zeroes(1), 1), ...stage.end(2)])).toEqual(['data@0 2', 'data@1.5 1', 'data@3 1', 'end@4.5']);
  });
});

describe('limit data', () => {
  /** What the caller sees of chunks of these sizes. */
  const seen = (limitBytes: number, ...sizes: readonly number[]): readonly string[] => {
    const stage = new LimitData(limitBytes);
    return texts(sizes.flatMap((size, index) => stage.data(zeroes(size), index)));
  };

  it.each([
    ['a chunk below the limit passes', [100, 50], ['data@0 50']],
    ['a chunk that meets the limit passes, and the connection closes', [100, 100], ['data@0 100', 'close@0']],
    ['a chunk above the limit is cut', [100, 150], ['data@0 100', 'close@0']],
    ['several chunks count together', [100, 25, 25, 25, 25], ['data@0 25', 'data@1 25', 'data@2 25', 'data@3 25', 'close@3']],
    ['the chunk that would go over is cut', [100, 90, 20], ['data@0 90', 'data@1 10', 'close@1']],
    ['nothing passes at 0', [0, 100], ['close@0']],
  ] as const)('%s', (_title, [limitBytes, ...sizes], expected) => {
    expect(seen(limitBytes, ...sizes)).toEqual(expected);
  });

  it('goes on counting where the limit before it stopped', () => {
    const first = new LimitData(100);
    first.data(zeroes(90), 0);
    expect(texts(new LimitData(100, first).data(zeroes(20), 1))).toEqual(['data@1 10', 'close@1']);
    expect(texts(new LimitData(50, first).data(zeroes(20), 1))).toEqual(['close@1']);
    expect(texts(new LimitData(200, first).data(zeroes(20), 1))).toEqual(['data@1 20']);
    expect(texts(new LimitData(100, new Hold()).data(zeroes(20), 1))).toEqual(['data@1 20']);
  });

  it('lets an end below the limit pass', () => {
    expect(texts(new LimitData(10).end(3))).toEqual(['end@3']);
  });

  it('passes exactly the first bytes of any stream', () => {
    fc.assert(
      fc.property(fc.nat(20_000), chunksArbitrary, (limitBytes, chunks) => {
        const all = joined(chunks);
        expect(joined(feed(new LimitData(limitBytes), chunks).filter(isData))).toBe(all.slice(0, limitBytes));
      }),
      { numRuns: 200 },
    );
  });
});

describe('swallow', () => {
  it('lets nothing pass and closes after its time', () => {
    const stage = new Swallow(500);
    expect(texts(stage.start(20))).toEqual(['close@520']);
    expect(stage.data()).toEqual([]);
  });

  it('never closes by itself without a time', () => {
    expect(new Swallow(null).start(20)).toEqual([]);
  });

  it('closes the connection when the stream ends or the stage goes, as bytes are missing', () => {
    expect(texts(new Swallow(null).end(30))).toEqual(['close@30']);
    expect(new Swallow(null).removal).toBe('close');
  });
});

describe('reset after', () => {
  it('resets that long after its start, whatever passes', () => {
    const stage = new ResetAfter(100);
    expect(texts([...stage.start(5), ...stage.data(zeroes(2), 50), ...stage.end(60)])).toEqual(['reset@105', 'data@50 2', 'end@60']);
  });
});

describe('reset on input', () => {
  it('resets that long after the first that comes, and lets nothing of it pass', () => {
    const stage = new ResetOnInput(100);
    expect(stage.removal).toBe('flush');
    expect(texts(stage.data(zeroes(2), 50))).toEqual(['reset@150']);
    expect([...stage.data(zeroes(2), 60), ...stage.end(70)]).toEqual([]);
    expect(stage.removal).toBe('reset');
  });

  it('takes the end for an input', () => {
    expect(texts(new ResetOnInput(0).end(7))).toEqual(['reset@7']);
  });
});

describe('loss', () => {
  /** Draws that lose the segments whose turn it says. */
  const losing = (...draws: readonly boolean[]): Random => {
    const left = [...draws];
    return () => (left.shift() === true ? 0 : 0.99);
  };

  it('stalls a lost segment for the timeout, and what follows waits behind it', () => {
    const stage = new Loss({ lossShare: 0.5, rtoMs: 200 }, losing(false, true, false, false));
    expect(texts([...stage.data(zeroes(4_000), 0), ...stage.data(zeroes(10), 50), ...stage.data(zeroes(10), 250)])).toEqual(['data@0 1460', 'data@200 2540', 'data@200 10', 'data@250 10']);
  });

  it('doubles the timeout with each further loss of the same segment, up to 60 s', () => {
    const stallMs = (losses: number): number | undefined => new Loss({ lossShare: 0.5, rtoMs: 200 }, losing(...new Array<boolean>(losses).fill(true))).data(zeroes(1), 0)[0]?.atMs;
    expect([0, 1, 2, 3, 4].map(stallMs)).toEqual([0, 200, 600, 1_400, 3_000]);
    // 200 doubled eight times is 51.2 s, and a ninth time would be beyond the bound.
    expect((stallMs(10) ?? 0) - (stallMs(9) ?? 0)).toBe(60_000);
  });

  it('lets a segment arrive in the end, however bad the luck', () => {
    expect(new Loss({ lossShare: 0.95, rtoMs: 1 }, () => 0).data(zeroes(1), 0)[0]?.atMs).toBeLessThan(Infinity);
  });

  it('can lose the end', () => {
    expect(texts(new Loss({ lossShare: 0.5, rtoMs: 200 }, losing(true)).end(10))).toEqual(['end@210']);
  });

  it('loses the share it was given', () => {
    const random = seededRandom(12);
    const stalled = Array.from({ length: 20_000 }, () => new Loss({ lossShare: 0.1, rtoMs: 200 }, random).data(zeroes(100), 0)[0]?.atMs).filter((atMs) => atMs !== 0).length;
    // Six standard deviations of a binomial count with n = 20000, p = 0.1.
    expect(Math.abs(stalled - 2_000)).toBeLessThan(255);
  });
});

describe('stagePerStream', () => {
  it('stands on its own stream alone', () => {
    const rule = stagePerStream('upstream', seededRandom(1), () => new Hold());
    expect([rule.stage?.('upstream'), rule.stage?.('downstream')]).toEqual([new Hold(), null]);
  });

  it('gives each stream lots of its own, however the streams interleave', () => {
    const draws = (order: readonly ('upstream' | 'downstream')[]): Readonly<Record<string, readonly number[]>> => {
      const made: Random[] = [];
      const rule = stagePerStream('both', seededRandom(5), (random) => {
        made.push(random);
        return new Hold();
      });
      for (const stream of ['upstream', 'downstream'] as const) rule.stage?.(stream);
      const lots = { upstream: made[0], downstream: made[1] };
      const seen: Record<string, number[]> = { upstream: [], downstream: [] };
      for (const stream of order) seen[stream]?.push(lots[stream]?.() ?? -1);
      return seen;
    };
    const first = draws(['upstream', 'upstream', 'downstream', 'downstream']);
    expect(draws(['downstream', 'upstream', 'downstream', 'upstream'])).toEqual(first);
    expect(first.upstream).not.toEqual(first.downstream);
  });
});
