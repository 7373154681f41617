import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customOf, histogramOf } from '../histogram/histogram.fixture.js';
import type { Histogram } from '../histogram/histogram.js';
import { SAMPLE_KIND } from '../samples/sample-run.js';
import { CodecError } from './codec-error.js';
import { crc32c } from './crc32c.js';
import { MAX_JOURNAL_SAMPLES, type JournalBatch } from './journal-batch.js';
import { JournalDecoder } from './journal-decoder.js';
import { JournalEncoder } from './journal-encoder.js';
import { SPECIAL_VALUES, bitsOf, someHistogram, someValue } from './codec.fixture.js';

interface Row {
  readonly id: number;
  readonly timeMs: number;
  readonly value: number | Histogram | 'stale';
  readonly startMs: number;
}

const row = (id: number, timeMs: number, value: Row['value'], startMs = 0): Row => ({ id, timeMs, value, startMs });

function kindOf(value: Row['value']): number {
  if (typeof value === 'number') return SAMPLE_KIND.float;
  return value === 'stale' ? SAMPLE_KIND.stale : SAMPLE_KIND.histogram;
}

function batchOf(rows: readonly Row[], spare = 0): JournalBatch {
  const count = rows.length;
  const column = (of: (row: Row) => number): Float64Array => Float64Array.from([...rows.map(of), ...new Array<number>(spare).fill(-7.5)]);
  const kinds = Uint8Array.from([...rows.map(({ value }) => kindOf(value)), ...new Array<number>(spare).fill(9)]);
  const histograms = new Map(rows.flatMap(({ value }, i) => (typeof value === 'object' ? [[i, value] as const] : [])));
  const values = column(({ value }) => (typeof value === 'number' ? value : NaN));
  return { count, seriesIds: column(({ id }) => id), timesMs: column(({ timeMs }) => timeMs), values, kinds, startsMs: column(({ startMs }) => startMs), histograms };
}

function rowsOf({ count, seriesIds, timesMs, values, kinds, startsMs, histograms }: JournalBatch): unknown[] {
  const valueOf = (i: number): unknown => (kinds[i] === SAMPLE_KIND.float ? bitsOf(values[i]!) : kinds[i] === SAMPLE_KIND.stale ? 'stale' : histograms.get(i));
  return Array.from({ length: count }, (_, i) => ({ id: seriesIds[i], timeMs: timesMs[i], value: valueOf(i), startMs: startsMs[i] }));
}

const expected = (rows: readonly Row[]): unknown[] => rows.map((one) => ({ ...one, value: typeof one.value === 'number' ? bitsOf(one.value) : one.value }));

function roundTrip(batches: readonly (readonly Row[])[]): Uint8Array[] {
  const encoder = new JournalEncoder();
  const decoder = new JournalDecoder();
  return batches.map((rows, i) => {
    const blob = encoder.encode(batchOf(rows, i % 3));
    expect(rowsOf(decoder.decode(blob))).toEqual(expected(rows));
    return blob;
  });
}

function resealed(blob: Uint8Array, change: (bytes: Uint8Array) => void): Uint8Array {
  const bytes = Uint8Array.from(blob);
  change(bytes);
  new DataView(bytes.buffer).setUint32(bytes.length - 4, crc32c(bytes, 0, bytes.length - 4), true);
  return bytes;
}

const someId = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(0, 2 ** 31, 2 ** 32 - 1));
const someTime = fc.oneof(fc.integer({ min: 0, max: 5 }).map((n) => 1_700_000_000_000 + n * 15_000), fc.constantFrom(0, -1, 2 ** 52 - 1, 1 - 2 ** 52));
const someStart = fc.oneof(fc.constantFrom(0, 0, 0, 1_699_999_999_000), someTime);
const someContent = fc.oneof({ weight: 12, arbitrary: someValue }, { weight: 1, arbitrary: fc.constant('stale' as const) }, { weight: 2, arbitrary: someHistogram });
const someRow = fc.record({ id: someId, timeMs: someTime, value: someContent, startMs: someStart });

describe('journal', () => {
  it('gives back any batches of a part, bit for bit (400 parts)', () => {
    fc.assert(
      fc.property(fc.array(fc.array(someRow, { maxLength: 25 }), { minLength: 1, maxLength: 5 }), (batches) => void roundTrip(batches)),
      { numRuns: 400 },
    );
  });

  it('gives back any series of values, each against the one before it (1000 series)', () => {
    fc.assert(
      fc.property(fc.array(someValue, { maxLength: 40 }), (values) => void roundTrip([values.map((value, i) => row(1, i, value))])),
      { numRuns: 1_000 },
    );
  });

  it('gives back every special value after every other', () => {
    const values = SPECIAL_VALUES.flatMap((one) => SPECIAL_VALUES.flatMap((other) => [one, other]));
    roundTrip([values.map((value, i) => row(7, i, value))]);
  });

  it('makes every NaN the quiet one', () => {
    const batch = batchOf([row(1, 0, 0), row(1, 1, 0)]);
    new DataView(batch.values.buffer).setBigUint64(0, 0x7ff0_0000_0000_0002n, true);
    new DataView(batch.values.buffer).setBigUint64(8, 0xfff8_0000_dead_beefn, true);
    const decoded = new JournalDecoder().decode(new JournalEncoder().encode(batch));
    expect([...decoded.values].map(bitsOf)).toEqual([bitsOf(NaN), bitsOf(NaN)]);
    expect(new DataView(decoded.values.buffer).getBigUint64(0, true)).toBe(0x7ff8_0000_0000_0000n);
  });

  it('needs at most 2.2 bytes for a counter in a stable order, and about one for what did not change', () => {
    const scrape = (n: number): Row[] => Array.from({ length: 1_000 }, (_, i) => row(5_000 + 3 * i, 1_700_000_000_000 + 15_000 * n, 1_000 * i + n * (i % 50)));
    const blobs = roundTrip([scrape(0), scrape(1), scrape(2), scrape(2).map((one) => ({ ...one, timeMs: 1_700_000_060_000 }))]);
    for (const blob of blobs.slice(1)) expect(blob.length).toBeLessThan(1_050);
    const shuffled = scrape(3).map((_, i, rows) => rows[(i * 7) % 1_000]!);
    expect(new JournalEncoder().encode(batchOf(shuffled)).length).toBeLessThan(12_000);
  });

  it('keeps fractions short that are decimals, and a changed order of series cheap', () => {
    const scrape = (n: number): Row[] => Array.from({ length: 100 }, (_, i) => row(i, n * 1_000, (471_107 + 100 * i + n * (i % 17)) / 100));
    const [, second, third] = roundTrip([scrape(0), scrape(1), scrape(2)]);
    expect(second!.length).toBeLessThan(240);
    expect(third!.length).toBeLessThan(240);
  });

  const rows = [row(1, 1_000, 5, 900), row(2, 1_000, 0.1), row(3, 1_000, histogramOf([1, 2])), row(4, 1_000, 'stale'), row(5, 1_000, customOf([1, 2], [3, 4, 5]))];

  const wideHistogram = histogramOf(new Array<number>(5_000_000).fill(0));

  it('takes a blob that begins afresh in mid-part, after which only its followers count', () => {
    const [before, after] = [new JournalEncoder(), new JournalEncoder()];
    const decoder = new JournalDecoder();
    const good = (blob: Uint8Array): void => expect(rowsOf(decoder.decode(blob))).toEqual(expected(rows));
    good(before.encode(batchOf(rows)));
    good(before.encode(batchOf(rows)));
    good(after.encode(batchOf(rows)));
    expect(() => decoder.decode(before.encode(batchOf(rows)))).toThrow(expect.objectContaining({ problem: 'order' }));
    good(after.encode(batchOf(rows)));
  });

  it('refuses a blob when one before it is missing, and goes on with the one that is', () => {
    const encoder = new JournalEncoder();
    const [first, second, third] = [encoder.encode(batchOf(rows)), encoder.encode(batchOf(rows.slice(1))), encoder.encode(batchOf(rows))] as const;
    const decoder = new JournalDecoder();
    expect(() => decoder.decode(second)).toThrow(expect.objectContaining({ problem: 'order' }));
    decoder.decode(first);
    expect(() => decoder.decode(third)).toThrow(expect.objectContaining({ problem: 'order' }));
    expect(() => decoder.decode(first.subarray(0, first.length - 1))).toThrow(expect.objectContaining({ problem: 'checksum' }));
    expect(rowsOf(decoder.decode(second))).toEqual(expected(rows.slice(1)));
    expect(rowsOf(decoder.decode(third))).toEqual(expected(rows));
  });

  it('refuses a blob with any bit flipped, any byte lost or a byte too many', () => {
    const blob = new JournalEncoder().encode(batchOf(rows));
    for (let bit = 0; bit < 8 * blob.length; bit++) {
      const flipped = Uint8Array.from(blob);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => new JournalDecoder().decode(flipped), `bit ${bit}`).toThrow(CodecError);
    }
    for (let length = 0; length < blob.length; length++) expect(() => new JournalDecoder().decode(blob.subarray(0, length)), `${length} bytes`).toThrow(CodecError);
    expect(() => new JournalDecoder().decode(Uint8Array.of(...blob, 0))).toThrow(CodecError);
  });

  it('names a version that it does not know', () => {
    const blob = resealed(new JournalEncoder().encode(batchOf(rows)), (bytes) => (bytes[0] = 2));
    expect(() => new JournalDecoder().decode(blob)).toThrow(expect.objectContaining({ problem: 'version' }));
  });

  it('survives content that makes no sense under a right checksum, and then waits for a fresh beginning (3000 blobs)', () => {
    const encoder = new JournalEncoder();
    const first = encoder.encode(batchOf(rows));
    const second = encoder.encode(batchOf([...rows, ...rows]));
    fc.assert(
      fc.property(fc.boolean(), fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 3 }), (isFirst, changes) => {
        const decoder = new JournalDecoder();
        if (!isFirst) decoder.decode(first);
        const blob = resealed(isFirst ? first : second, (bytes) => changes.forEach(([at, byte]) => (bytes[1 + (at % (bytes.length - 5))] = byte)));
        try {
          expect(decoder.decode(blob).count).toBeLessThanOrEqual(MAX_JOURNAL_SAMPLES);
        } catch (error) {
          if (!(error instanceof CodecError)) throw error;
          if (error.problem !== 'malformed') return;
          expect(() => decoder.decode(second)).toThrow(expect.objectContaining({ problem: 'order' }));
        }
        expect(rowsOf(decoder.decode(first))).toEqual(expected(rows));
      }),
      { numRuns: 3_000 },
    );
  });

  it.each<[string, Partial<JournalBatch>, RegExp]>([
    ['more samples than columns', { count: 6 }, /columns for 5/],
    ['half a sample', { count: 1.5 }, /A batch of 1.5/],
    ['an id beyond 32 bits', { seriesIds: Float64Array.of(1, 2, 3, 4, 2 ** 32) }, /not 4294967296/],
    ['an id that is none', { seriesIds: Float64Array.of(NaN, 2, 3, 4, 5) }, /not NaN/],
    ['half a millisecond', { timesMs: Float64Array.of(1, 2, 3, 4.5, 5) }, /not 4.5/],
    ['a time that is none', { timesMs: Float64Array.of(1, 2, 3, NaN, 5) }, /not NaN/],
    ['a time out of this world', { timesMs: Float64Array.of(1, 2, 3, 2 ** 52, 5) }, /not 4503599627370496/],
    ['a start out of this world', { startsMs: Float64Array.of(1, 2, Infinity, 4, 5) }, /not Infinity/],
    ['an unknown kind', { kinds: Uint8Array.of(0, 0, 0, 0, 3) }, /no kind 3/],
    ['a histogram that is not there', { kinds: Uint8Array.of(1, 0, 1, 2, 1) }, /Sample 0/],
    ['a histogram with a count too many', { histograms: new Map([[2, { ...histogramOf([1]), positive: { spans: [], counts: [1] } }], [4, histogramOf([1])]]) }, /0 spans of 0 buckets, but 1 counts/],
    ['more buckets than a reader takes', { histograms: new Map([[2, wideHistogram], [4, wideHistogram]]) }, /more than 8388608 buckets/],
  ])('does not write %s, and begins afresh', (_, wrong, problem) => {
    const encoder = new JournalEncoder();
    const decoder = new JournalDecoder();
    decoder.decode(encoder.encode(batchOf(rows)));
    expect(() => encoder.encode({ ...batchOf(rows), ...wrong })).toThrow(problem);
    expect(() => encoder.encode({ ...batchOf(rows), ...wrong })).toThrow(RangeError);
    expect(rowsOf(decoder.decode(encoder.encode(batchOf(rows))))).toEqual(expected(rows));
  });

  it('knows its series among many (70,000 ids)', () => {
    const many = Array.from({ length: 70_000 }, (_, i) => row((i * 61_441) % 2 ** 32, 1_000, i));
    const encoder = new JournalEncoder();
    const decoder = new JournalDecoder();
    for (let i = 0; i < 2; i++) {
      const decoded = decoder.decode(encoder.encode(batchOf(many)));
      expect(decoded.count).toBe(many.length);
      expect(many.every(({ id, value }, at) => decoded.seriesIds[at] === id && decoded.values[at] === value)).toBe(true);
    }
  });
});
