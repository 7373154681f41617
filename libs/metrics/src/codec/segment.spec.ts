import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histogramOf } from '../histogram/histogram.fixture.js';
import type { Histogram } from '../histogram/histogram.js';
import { SAMPLE_KIND } from '../samples/sample-run.js';
import type { SampleRun } from '../samples/sample-run.js';
import { ByteWriter } from './byte-writer.js';
import { CodecError } from './codec-error.js';
import { SPECIAL_VALUES, bitsOf, someHistogram, someValue } from './codec.fixture.js';
import { crc32c } from './crc32c.js';
import { encodeSegment } from './encode-segment.js';
import type { EncodedSegment, SegmentSeries } from './encode-segment.js';
import { SegmentReader } from './segment-reader.js';
import { readSlice } from './series-slice.js';

const STEP_MS = 15_000;
const START_MS = 1_700_000_000_000;
const steadyTimes = (count: number): Float64Array => Float64Array.from({ length: count }, (_, i) => START_MS + i * STEP_MS);

function floats(values: readonly number[], timesMs = steadyTimes(values.length)): SampleRun {
  return { timesMs, values: Float64Array.from(values), kinds: null, histograms: null, startsMs: null };
}

type Sample = number | 'stale' | Histogram;

function mixed(samples: readonly Sample[], startsMs: Float64Array | null = null): SampleRun {
  const kinds = Uint8Array.from(samples, (sample) => (typeof sample === 'number' ? SAMPLE_KIND.float : sample === 'stale' ? SAMPLE_KIND.stale : SAMPLE_KIND.histogram));
  const histograms = samples.map((sample) => (typeof sample === 'object' ? sample : null));
  return { timesMs: steadyTimes(samples.length), values: Float64Array.from(samples, (sample) => (typeof sample === 'number' ? sample : NaN)), kinds, histograms, startsMs };
}

const segmentOf = (...runs: readonly SampleRun[]): SegmentSeries[] => runs.map((samples, i) => ({ seriesId: 100 + i, samples }));

function decoded({ directory, data }: EncodedSegment, seriesId: number): SampleRun {
  const reader = new SegmentReader(directory);
  const entry = reader.entry(seriesId)!;
  return reader.samples(entry, data.subarray(entry.offset, entry.offset + entry.length));
}

/** In one form, whichever of its columns are null. */
function plain({ timesMs, values, kinds, histograms, startsMs }: SampleRun): unknown[] {
  return Array.from(timesMs, (timeMs, i) => {
    const kind = kinds?.[i] ?? SAMPLE_KIND.float;
    return { timeMs, kind, value: bitsOf(kind === SAMPLE_KIND.float ? values[i]! : NaN), histogram: histograms?.[i] ?? null, startMs: startsMs?.[i] ?? 0 };
  });
}

function roundTrip(series: readonly SegmentSeries[]): EncodedSegment {
  const segment = encodeSegment(series);
  const reader = new SegmentReader(segment.directory);
  expect([...reader.seriesIds]).toEqual(series.map(({ seriesId }) => seriesId));
  for (const { seriesId, samples } of series) {
    const entry = reader.entry(seriesId)!;
    expect(entry).toMatchObject({ seriesId, fromMs: samples.timesMs[0], toMs: samples.timesMs.at(-1), sampleCount: samples.timesMs.length });
    expect(plain(reader.samples(entry, segment.data.subarray(entry.offset, entry.offset + entry.length)))).toEqual(plain(samples));
  }
  return segment;
}

const someGap = fc.oneof({ weight: 8, arbitrary: fc.constant(STEP_MS) }, { weight: 2, arbitrary: fc.integer({ min: 1, max: 30_000 }) }, { weight: 1, arbitrary: fc.constantFrom(1, 2 ** 40) });
const someTimes = (count: number): fc.Arbitrary<Float64Array> =>
  fc.tuple(fc.constantFrom(START_MS, 0, -5, -(2 ** 51)), fc.array(someGap, { minLength: count, maxLength: count })).map(([first, gaps]) => {
    let timeMs = first;
    return Float64Array.from(gaps, (gap) => (timeMs += gap));
  });
/** Series of one nature, as real ones are, and of mixed. */
const walk = (steps: fc.Arbitrary<number>, of: (sum: number) => number): fc.Arbitrary<number[]> =>
  fc.array(steps, { minLength: 1, maxLength: 200 }).map((taken) => {
    let sum = 1_000;
    return taken.map((step) => of((sum += step)));
  });
const someValues = fc.oneof(
  fc.array(someValue, { minLength: 1, maxLength: 40 }),
  walk(fc.integer({ min: 0, max: 100 }), (sum) => sum),
  walk(fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -3, max: 9 }) }), (sum) => sum),
  walk(fc.integer({ min: -500, max: 500 }), (sum) => sum * 4_096),
  walk(fc.integer({ min: -20, max: 300 }), (sum) => sum / 1_000),
  walk(fc.integer({ min: 0, max: 300 }), (sum) => sum * 0.001),
  walk(fc.double({ min: 0, max: 5, noNaN: true }), (sum) => sum),
  walk(fc.constantFrom(0, 2 ** 20, 2 ** 45, 2 ** 50, -(2 ** 50)), (sum) => sum),
  walk(fc.constantFrom(0, 0, 0, 0, 1, 2 ** 51), (sum) => sum),
  fc.array(fc.double(), { minLength: 1, maxLength: 30 }),
);
const someFloats = someValues.chain((values) => someTimes(values.length).map((timesMs) => floats(values, timesMs)));
const someSample: fc.Arbitrary<Sample> = fc.oneof({ weight: 5, arbitrary: someValue }, { weight: 1, arbitrary: fc.constant('stale' as const) }, { weight: 4, arbitrary: someHistogram });
const someMixed = fc
  .array(fc.tuple(someSample, fc.constantFrom(0, 0, START_MS - 1, START_MS + 30_000)), { minLength: 1, maxLength: 25 })
  .map((samples) => mixed(samples.map(([sample]) => sample), Float64Array.from(samples, ([, startMs]) => startMs)));
const someRun = fc.oneof({ weight: 4, arbitrary: someFloats }, { weight: 1, arbitrary: someMixed });
const someIds = fc.uniqueArray(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { minLength: 1, maxLength: 4 });

describe('segment', () => {
  it('gives back any series, bit for bit (600 segments)', () => {
    fc.assert(
      fc.property(someIds, fc.infiniteStream(someRun), (ids, runs) => {
        roundTrip(ids.map((seriesId) => ({ seriesId, samples: runs.next().value! })));
      }),
      { numRuns: 600 },
    );
  });

  it('gives back every special value, alone, in pairs and among others', () => {
    const pairs = SPECIAL_VALUES.flatMap((one) => SPECIAL_VALUES.map((other) => [one, other]));
    roundTrip(segmentOf(...pairs.map((pair) => floats(pair)), ...SPECIAL_VALUES.map((value) => floats([1, 2, value, 3])), floats(pairs.flat()), floats(SPECIAL_VALUES)));
    roundTrip(segmentOf(...SPECIAL_VALUES.map((value) => floats([1, 2, 3].map((n) => (value * n) / 3))), floats(SPECIAL_VALUES.map((value) => value * 1e-310))));
  });

  it('gives back numbers as far apart as can be (300 series)', () => {
    const extremes = [2 ** 52, -(2 ** 52), 2 ** 52 - 1, 2 ** 51, -(2 ** 51) - 1, 2 ** 53 - 1, 0, 1, 0.5, Number.MIN_VALUE, 1e300];
    fc.assert(
      fc.property(fc.subarray(extremes, { minLength: 2 }).chain((some) => fc.array(fc.constantFrom(...some), { minLength: 2, maxLength: 80 })), (values) => void roundTrip(segmentOf(floats(values)))),
      { numRuns: 300 },
    );
  });

  it('makes every NaN the quiet one', () => {
    const run = floats([0, 0, 1.5]);
    new DataView(run.values.buffer).setBigUint64(0, 0x7ff0_0000_0000_0002n, true);
    new DataView(run.values.buffer).setBigUint64(8, 0xfff8_0000_dead_beefn, true);
    const { values } = decoded(encodeSegment(segmentOf(run)), 100);
    expect([...values].map(bitsOf)).toEqual([NaN, NaN, 1.5].map(bitsOf));
    expect(new DataView(values.buffer).getBigUint64(8, true)).toBe(0x7ff8_0000_0000_0000n);
  });

  it('gives null for columns that say nothing, and keeps what staleness and starts say', () => {
    const noisy = { ...floats([1, 2, 3]), kinds: new Uint8Array(3), histograms: [null, null, null], startsMs: new Float64Array(3) };
    const segment = encodeSegment(segmentOf(noisy, mixed([1, 'stale', 3], Float64Array.of(5, 5, 9)), mixed(['stale']), mixed([histogramOf([1, 2]), histogramOf([1, 3])])));
    expect(decoded(segment, 100)).toEqual(floats([1, 2, 3]));
    expect(decoded(segment, 101)).toEqual({ ...floats([1, NaN, 3]), kinds: Uint8Array.of(0, 2, 0), startsMs: Float64Array.of(5, 5, 9) });
    expect(decoded(segment, 102)).toEqual({ ...floats([NaN]), kinds: Uint8Array.of(2) });
    expect(decoded(segment, 103).histograms).toEqual([histogramOf([1, 2]), histogramOf([1, 3])]);
  });

  it('stores shared times once, and gives them out as one array', () => {
    const counters = Array.from({ length: 40 }, (_, s) => floats(Array.from({ length: 480 }, (_, i) => s * 1_000 + ((i * 7 + s) % 11) + 10 * i)));
    const { directory, data } = roundTrip(segmentOf(...counters));
    expect(directory.length).toBeLessThan(40 * 8 + 30);
    expect(data.length / (40 * 480)).toBeLessThan(0.62);
    const reader = new SegmentReader(directory);
    const read = (seriesId: number): SampleRun => reader.samples(reader.entry(seriesId)!, data.subarray(reader.entry(seriesId)!.offset, reader.entry(seriesId)!.offset + reader.entry(seriesId)!.length));
    expect(read(100).timesMs).toBe(read(101).timesMs);
  });

  it('tells times apart that have the same ends', () => {
    roundTrip(segmentOf(floats([1, 2, 3], Float64Array.of(0, 5, 10)), floats([1, 2, 3], Float64Array.of(0, 6, 10)), floats([1, 2, 3], Float64Array.of(0, 5, 10))));
  });

  it('needs next to nothing for what stands still, and no data at all', () => {
    const still = Array.from({ length: 30 }, (_, s) => floats(new Array<number>(480).fill(s / 7)));
    const idle = Array.from({ length: 30 }, (_, s) => floats(Array.from({ length: 480 }, (_, i) => (i > 100 + s ? 5 : 4))));
    expect(roundTrip(segmentOf(...still))).toMatchObject({ data: new Uint8Array(0) });
    const { directory, data } = roundTrip(segmentOf(...idle));
    expect(directory.length + data.length).toBeLessThan(30 * 16);
    expect(new SegmentReader(directory).entry(100)).toMatchObject({ length: 0 });
  });

  it('stores equal series once', () => {
    const values = Array.from({ length: 480 }, (_, i) => i * i);
    const one = encodeSegment(segmentOf(floats(values)));
    const three = roundTrip(segmentOf(floats(values), floats(values.map((value) => value + 1)), floats(values), floats(values)));
    expect(three.data.length).toBeLessThan(2 * one.data.length + 4);
  });

  it('reads one series from its slice alone, and knows which it has not', () => {
    const { directory, data } = encodeSegment(segmentOf(floats([1, 5, 2, 8, 1, 1, 9, 12, 40, 1]), floats([0.1, 1 / 3, 2 / 3, 7 / 9])));
    const reader = new SegmentReader(directory);
    expect(reader.entry(99)).toBeNull();
    const entry = reader.entry(101)!;
    expect(plain(reader.samples(entry, Uint8Array.from(data.subarray(entry.offset, entry.offset + entry.length))))).toEqual(plain(floats([0.1, 1 / 3, 2 / 3, 7 / 9])));
    expect(() => reader.samples(entry, data)).toThrow(expect.objectContaining({ problem: 'checksum' }));
    expect(() => reader.samples({ ...entry, seriesId: 99 }, data)).toThrow(RangeError);
  });

  it('takes a segment without series', () => {
    expect([...new SegmentReader(encodeSegment([]).directory).seriesIds]).toEqual([]);
  });

  it.each<[string, SegmentSeries[], RegExp]>([
    ['no samples', segmentOf(floats([])), /1 to 1048576 samples, not 0/],
    ['a time twice', segmentOf(floats([1, 2, 3], Float64Array.of(1, 2, 2))), /2 comes after 2/],
    ['times out of order', segmentOf(floats([1, 2, 3], Float64Array.of(1, 3, 2))), /2 comes after 3/],
    ['half a millisecond', segmentOf(floats([1, 2], Float64Array.of(1, 1.5))), /not 1.5/],
    ['a time that is none', segmentOf(floats([1, 2], Float64Array.of(1, NaN))), /not NaN/],
    ['a time out of this world', segmentOf(floats([1, 2], Float64Array.of(1, 2 ** 52))), /not 4503599627370496/],
    ['fewer values than times', segmentOf(floats([1], Float64Array.of(1, 2))), /2 times, but columns of 1/],
    ['more kinds than times', segmentOf({ ...floats([1]), kinds: new Uint8Array(2) }), /1 times, but columns of 1, 2/],
    ['an unknown kind', segmentOf({ ...floats([1]), kinds: Uint8Array.of(3) }), /no kind 3/],
    ['a histogram that is not there', segmentOf({ ...floats([1]), kinds: Uint8Array.of(1) }), /Sample 0 of a series is a histogram/],
    ['a histogram with a count too many', segmentOf(mixed([{ ...histogramOf([1]), positive: { spans: [], counts: [1] } }])), /0 buckets, but 1 counts/],
    ['a start that is none', segmentOf({ ...floats([1]), startsMs: Float64Array.of(NaN) }), /not NaN/],
    ['a series twice', [...segmentOf(floats([1])), ...segmentOf(floats([2]))], /not so 100/],
    ['an id beyond 32 bits', [{ seriesId: 2 ** 32, samples: floats([1]) }], /not so 4294967296/],
    ['half an id', [{ seriesId: 0.5, samples: floats([1]) }], /not so 0.5/],
    ['too many series', Array.from({ length: 4_097 }, (_, seriesId) => ({ seriesId, samples: floats([1]) })), /at most 4096/],
  ])('does not write %s', (_, series, problem) => {
    expect(() => encodeSegment(series)).toThrow(problem);
    expect(() => encodeSegment(series)).toThrow(RangeError);
  });

  const everything = segmentOf(
    floats(Array.from({ length: 70 }, (_, i) => 40 * i + ((i * i) % 13))),
    floats(Array.from({ length: 70 }, (_, i) => (i % 30 === 7 ? i : 0))),
    floats(Array.from({ length: 30 }, (_, i) => Math.sqrt(i + 2))),
    floats(Array.from({ length: 30 }, (_, i) => Math.sin(i) * 10 ** (i % 5))),
    floats(Array.from({ length: 30 }, (_, i) => (1_234 + i * i) / 100), Float64Array.from({ length: 30 }, (_, i) => START_MS + i * STEP_MS + ((i * 7) % 5))),
    floats(new Array<number>(30).fill(7)),
    mixed([1, 'stale', histogramOf([1, 2]), histogramOf([3, 2]), 5], Float64Array.of(0, 1, 1, 1, 2)),
  );
  const sound = encodeSegment(everything);

  it('refuses a directory with any bit flipped, any byte lost or a byte too many', () => {
    const { directory } = sound;
    for (let bit = 0; bit < 8 * directory.length; bit++) {
      const flipped = Uint8Array.from(directory);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => new SegmentReader(flipped), `bit ${bit}`).toThrow(CodecError);
    }
    for (let length = 0; length < directory.length; length++) expect(() => new SegmentReader(directory.subarray(0, length)), `${length} bytes`).toThrow(CodecError);
    expect(() => new SegmentReader(Uint8Array.of(...directory, 0))).toThrow(CodecError);
  });

  it('refuses a slice with any bit flipped, any byte lost or a byte too many', () => {
    const reader = new SegmentReader(sound.directory);
    for (const entry of everything.map(({ seriesId }) => reader.entry(seriesId)!)) {
      const slice = sound.data.subarray(entry.offset, entry.offset + entry.length);
      for (let bit = 0; bit < 8 * slice.length; bit++) {
        const flipped = Uint8Array.from(slice);
        flipped[bit >> 3]! ^= 1 << (bit & 7);
        expect(() => reader.samples(entry, flipped), `bit ${bit} of ${entry.seriesId}`).toThrow(CodecError);
      }
      for (let length = 0; length < slice.length; length++) expect(() => reader.samples(entry, slice.subarray(0, length))).toThrow(CodecError);
      expect(() => reader.samples(entry, Uint8Array.of(...slice, 0))).toThrow(CodecError);
    }
  });

  it('names a version that it does not know', () => {
    expect(() => new SegmentReader(Uint8Array.of(9, ...sound.directory.subarray(1)))).toThrow(expect.objectContaining({ problem: 'version' }));
  });

  it('refuses a few bytes that say they are a billion buckets', () => {
    const writer = new ByteWriter();
    const count = 1_000;
    for (const byte of [0x81, ...varint(4 * (count - 1) + SAMPLE_KIND.histogram), 0, ...varint(count - 1), 0, 0, 1, 0, ...varint(8_000_000), 0, 0]) writer.byte(byte);
    expect(() => readSlice(writer.taken(), steadyTimes(count))).toThrow(/too many buckets/);
  });

  it('survives a directory that makes no sense under a right checksum (3000 directories)', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 3 }), (changes) => {
        const directory = Uint8Array.from(sound.directory);
        for (const [at, byte] of changes) directory[1 + (at % (directory.length - 5))] = byte;
        new DataView(directory.buffer).setUint32(directory.length - 4, crc32c(directory, 0, directory.length - 4), true);
        survive(() => {
          const reader = new SegmentReader(directory);
          for (const seriesId of reader.seriesIds) {
            const entry = reader.entry(seriesId)!;
            survive(() => expect(reader.samples(entry, sound.data.subarray(entry.offset, entry.offset + entry.length)).values.length).toBe(entry.sampleCount));
          }
        });
      }),
      { numRuns: 3_000 },
    );
  });

  it('survives slices that make no sense under a right checksum (12000 slices)', () => {
    const reader = new SegmentReader(sound.directory);
    const entries = everything.map(({ seriesId }) => reader.entry(seriesId)!).filter(({ length }) => length > 0);
    fc.assert(
      fc.property(fc.nat(entries.length - 1), fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 3 }), (which, changes) => {
        const entry = entries[which]!;
        const slice = Uint8Array.from(sound.data.subarray(entry.offset, entry.offset + entry.length));
        for (const [at, byte] of changes) slice[at % slice.length] = byte;
        survive(() => expect(readSlice(slice, steadyTimes(entry.sampleCount)).values.length).toBe(entry.sampleCount));
      }),
      { numRuns: 12_000 },
    );
  });
});

function varint(value: number): Uint8Array {
  const writer = new ByteWriter();
  writer.varint(value);
  return writer.taken();
}

function survive(read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
  }
}
