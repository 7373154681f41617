import fc from 'fast-check';
import { compress } from 'snappyjs';
import { describe, expect, it } from 'vitest';
import type { Histogram } from '../histogram/histogram.js';
import { SAMPLE_KIND } from '../samples/sample-run.js';
import { ProtoWriter } from './proto-writer.fixture.js';
import { RemoteWriteDecoder } from './remote-write-decoder.js';
import { RemoteWriteError } from './remote-write-error.js';
import type { WriteBatch } from './write-batch.js';
import { writeRequestV1, writeRequestV2 } from './write-request.fixture.js';
import type { GivenSeries } from './write-request.fixture.js';

const MAX_BYTES = 1_000_000;
const NOW_MS = 1_790_000_000_000;
const seed = { low: 0x1234_5678, high: 0x9abc_def0 };
const newDecoder = () => new RemoteWriteDecoder({ maxBytes: MAX_BYTES, seed });
const decoder = newDecoder();
const decode = (version: 1 | 2, message: ProtoWriter | Uint8Array): WriteBatch => decoder.decode(version, compress(message instanceof ProtoWriter ? message.finish() : message));
const requestOf = (version: 1 | 2, series: readonly GivenSeries[]): ProtoWriter => (version === 1 ? writeRequestV1(series) : writeRequestV2(series));

/** The batch as it was given; throws on anything refused. */
function readBack(batch: WriteBatch): unknown[] {
  expect(batch.rejected).toEqual([]);
  return Array.from({ length: batch.seriesCount }, (_, series) => {
    const result = batch.labels(series);
    if (result.kind === 'rejected') throw new Error(result.rejected.reason);
    const samples: unknown[] = [];
    const histograms: unknown[] = [];
    for (let at = series === 0 ? 0 : batch.sampleEnds[series - 1]!; at < batch.sampleEnds[series]!; at++) {
      const timeMs = batch.timesMs[at]!;
      const startMs = batch.startsMs[at]!;
      if (batch.kinds[at] === SAMPLE_KIND.histogram) histograms.push({ timeMs, startMs, histogram: batch.histograms.get(at) });
      else samples.push({ timeMs, startMs, value: batch.kinds[at] === SAMPLE_KIND.stale ? 'stale' : batch.values[at] });
    }
    const exemplars = batch.exemplars.filter((exemplar) => exemplar.series === series).map(({ labels, value, timeMs }) => ({ labels: labels.map(({ name, value: text }) => [name, text]), value, timeMs }));
    return { labels: result.labels.map(({ name, value }) => [name, value]), samples, histograms, exemplars };
  });
}

const integers: Histogram = {
  schema: 3,
  zeroThreshold: 1e-9,
  zeroCount: 2,
  count: 12,
  sum: 18.4,
  positive: { spans: [{ offset: -2, length: 2 }, { offset: 1, length: 1 }], counts: [1, 4, 2] },
  negative: { spans: [{ offset: 0, length: 1 }], counts: [3] },
  customBounds: [],
  resetHint: 'not-reset',
};
const customs: Histogram = {
  schema: -53,
  zeroThreshold: 0,
  zeroCount: 0,
  count: 3.5,
  sum: 4,
  positive: { spans: [{ offset: 0, length: 3 }], counts: [1, 0.5, 2] },
  negative: { spans: [], counts: [] },
  customBounds: [0.1, 1],
  resetHint: 'gauge',
};

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const labelsOf = fc
  .uniqueArray(fc.tuple(fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 8 }), text.filter((value) => value !== '')), { selector: ([name]) => name, maxLength: 5 })
  .map((pairs) => [...pairs.filter(([name]) => name !== '__name__'), ['__name__', 'up'] as [string, string]].sort(([one], [other]) => (one < other ? -1 : 1)));
const timeMs = fc.oneof(fc.integer({ min: NOW_MS - 1e9, max: NOW_MS + 1e9 }), fc.maxSafeInteger());
const sample = fc.record({ timeMs, startMs: timeMs, value: fc.oneof(fc.double(), fc.constant('stale' as const)) });
const exemplar = fc.record({ labels: labelsOf, value: fc.double(), timeMs });
const givenSeries: fc.Arbitrary<GivenSeries> = fc.oneof(
  fc.record({ labels: labelsOf, samples: fc.array(sample, { minLength: 1, maxLength: 4 }), exemplars: fc.array(exemplar, { maxLength: 2 }) }),
  fc.record({ labels: labelsOf, histograms: fc.array(fc.record({ timeMs, startMs: timeMs, histogram: fc.constant(integers), counts: fc.constantFrom('integer' as const, 'float' as const) }), { minLength: 1, maxLength: 3 }) }),
);

describe.each([1, 2] as const)('remote write %i.0', (version) => {
  it('gives back what was sent (100 requests)', () => {
    fc.assert(
      fc.property(fc.array(givenSeries, { maxLength: 6 }), (series) => {
        const expected = series.map(({ labels, samples = [], histograms = [], exemplars = [] }) => ({
          labels,
          samples,
          histograms: histograms.map(({ timeMs: at, startMs, histogram }) => ({ timeMs: at, startMs, histogram })),
          exemplars,
        }));
        expect(readBack(decode(version, requestOf(version, series)))).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  it('tells stale markers from other NaN, in floats and in histograms', () => {
    const stale = new ProtoWriter().stale(3).varint(15, NOW_MS);
    const samples = [{ timeMs: 1, value: 'stale' as const }, { timeMs: 2, value: NaN }, { timeMs: 3, value: 5 }];
    const floats = decode(version, requestOf(version, [{ labels: [['__name__', 'a']], samples }]));
    expect([...floats.kinds.subarray(0, 3)]).toEqual([SAMPLE_KIND.stale, SAMPLE_KIND.float, SAMPLE_KIND.float]);
    expect([...floats.values.subarray(0, 3)]).toEqual([NaN, NaN, 5]);
    const series =
      version === 1
        ? new ProtoWriter().bytes(1, new ProtoWriter().bytes(1, new ProtoWriter().bytes(1, '__name__').bytes(2, 'h')).bytes(4, stale))
        : new ProtoWriter().bytes(4, '').bytes(4, '__name__').bytes(4, 'h').bytes(5, new ProtoWriter().packed(1, [1, 2]).bytes(3, stale));
    const histograms = decode(version, series);
    expect([histograms.kinds[0], histograms.histograms.size, histograms.timesMs[0]]).toEqual([SAMPLE_KIND.stale, 0, NOW_MS]);
  });

  it('keys series by their labels alone, across requests', () => {
    const keys = (series: readonly GivenSeries[]): string[] => {
      const batch = decode(version, requestOf(version, series));
      return Array.from({ length: batch.seriesCount }, (_, at) => `${batch.keysHigh[at]}:${batch.keysLow[at]}`);
    };
    const one: GivenSeries = { labels: [['__name__', 'up'], ['job', 'a']], samples: [{ timeMs: 1, value: 1 }] };
    const other: GivenSeries = { labels: [['__name__', 'up'], ['job', 'b']], samples: [{ timeMs: 1, value: 1 }] };
    const [first, second] = keys([one, other]);
    expect(first).not.toBe(second);
    expect(keys([other, { ...one, samples: [{ timeMs: 9, value: 8 }, { timeMs: 10, value: 8 }] }, one])).toEqual([second, first, first]);
    const many = keys(Array.from({ length: 3_000 }, (_, i) => ({ labels: [['__name__', 'up'], ['instance', `host${i}`], ['job', `j${i % 7}`]], samples: [{ timeMs: 1, value: 1 }] })));
    expect(new Set(many).size).toBe(3_000);
  });

  it.each<[string, GivenSeries['labels'], string]>([
    ['no name', [['job', 'a']], 'there is no label __name__'],
    ['no labels', [], 'there is no label __name__'],
    ['an empty name', [['', 'a'], ['__name__', 'up']], 'a label has an empty name'],
    ['unsorted labels', [['__name__', 'up'], ['b', '1'], ['a', '2']], 'the labels are not sorted: "a" stands behind "b"'],
    ['a label twice', [['__name__', 'up'], ['a', '1'], ['a', '1']], 'the label "a" stands twice'],
    ['too many labels', [['__name__', 'up'], ...Array.from({ length: 1_001 }, (_, i): [string, string] => [`a${String(i).padStart(4, '0')}`, 'x'])], 'there are more than 1000 labels'],
  ])('refuses a series with %s, and says which', (_, labels, reason) => {
    const good: GivenSeries = { labels: [['__name__', 'up'], ['empty', '']], samples: [{ timeMs: 1, value: 1 }] };
    const batch = decode(version, requestOf(version, [good, { labels, samples: [{ timeMs: 1, value: 1 }] }]));
    expect(batch.labels(0)).toEqual({ kind: 'labels', labels: [{ name: '__name__', value: 'up' }] });
    expect(batch.labels(1)).toEqual({ kind: 'rejected', rejected: { part: 'series', position: 1, reason } });
  });

  it.each<[string, Partial<Histogram>, RegExp]>([
    ['a schema nobody knows', { schema: 9 }, /the schema is 9/],
    ['spans that do not fit', { positive: { spans: [{ offset: 0, length: 9 }], counts: [7] } }, /9 buckets long, but 1 came/],
    ['a count that does not add up', { count: 13 }, /the buckets hold 12 observations, the count says 13/],
    ['overlapping spans', { positive: { spans: [{ offset: 0, length: 2 }, { offset: -1, length: 1 }], counts: [1, 4, 2] } }, /begins before the end/],
    ['negative buckets', { positive: { spans: [{ offset: 0, length: 3 }], counts: [-1, 6, 2] } }, /negative count -1/],
    ['bounds it cannot have', { customBounds: [1] }, /no custom bounds/],
    ['no bounds that it must have', { schema: -53, zeroCount: 0, zeroThreshold: 0, count: 7, negative: { spans: [], counts: [] }, positive: { spans: [{ offset: 0, length: 3 }], counts: [1, 4, 2] }, customBounds: [1] }, /reach 3 buckets far/],
  ])('refuses a histogram with %s, and keeps the others', (_, change, reason) => {
    const histograms = [{ ...integers, ...change }, integers].map((histogram) => ({ timeMs: NOW_MS, histogram, counts: 'integer' as const }));
    const batch = decode(version, requestOf(version, [{ labels: [['__name__', 'h']], histograms }]));
    expect(batch.rejected).toEqual([{ part: 'histogram', position: 0, reason: expect.stringMatching(reason) }]);
    expect([batch.sampleEnds[0], batch.histograms.get(0)]).toEqual([1, integers]);
  });

  it('reads custom buckets with float counts', () => {
    const batch = decode(version, requestOf(version, [{ labels: [['__name__', 'h']], histograms: [{ timeMs: 1, histogram: customs, counts: 'float' }] }]));
    expect(batch.histograms.get(0)).toEqual(customs);
  });

  it('skips fields it does not know, and refuses known ones of a wrong type', () => {
    const unknown = new ProtoWriter().varint(99, 5).double(50, 1).bytes(77, 'x').raw((60 << 3) & 0x7f | 0x85, 3, 1, 2, 3, 4);
    const series = requestOf(version, [{ labels: [['__name__', 'up']], samples: [{ timeMs: 1, value: 1 }] }]).finish();
    expect(readBack(decode(version, Uint8Array.of(...unknown.finish(), ...series, ...unknown.finish())))).toHaveLength(1);
    expect(() => decode(version, new ProtoWriter().varint(version === 1 ? 1 : 5, 1))).toThrow(/wire type 0 \(at byte 1/);
    expect(() => decode(version, new ProtoWriter().raw((9 << 3) | 3, (9 << 3) | 4))).toThrow(/wire type 3, which is not supported/);
    expect(() => decode(version, new ProtoWriter().raw(0))).toThrow(/field number is 0/);
    expect(() => decode(version, new ProtoWriter().raw(0x80))).toThrow(/a varint is cut off/);
    expect(() => decode(version, new ProtoWriter().raw(...new Array<number>(11).fill(0x80)))).toThrow(/longer than ten bytes/);
  });

  it('takes a message cut off anywhere for what it is (every length of one message)', () => {
    const whole = requestOf(version, [
      { labels: [['__name__', 'up'], ['job', 'é']], samples: [{ timeMs: NOW_MS, value: 1 }], exemplars: [{ labels: [['trace_id', 'x']], value: 1, timeMs: 3 }] },
      { labels: [['__name__', 'h']], histograms: [{ timeMs: NOW_MS, histogram: integers, counts: 'integer' }] },
    ]).finish();
    let refused = 0;
    for (let length = 0; length < whole.length; length++) {
      try {
        decode(version, whole.subarray(0, length));
      } catch (error) {
        expect(error).toBeInstanceOf(RemoteWriteError);
        refused += 1;
      }
    }
    // Only between two fields of the outermost message is a part of it a message too.
    expect(refused).toBeGreaterThan(whole.length - 12);
  });

  it('survives random and mutated messages with an error or a result (2000 inputs)', () => {
    const survive = (bytes: Uint8Array): void => {
      try {
        const batch = decode(version, bytes);
        for (let series = 0; series < batch.seriesCount; series++) {
          batch.labels(series);
          batch.metadata(series);
        }
        expect(batch.sampleEnds[batch.seriesCount - 1] ?? 0).toBeLessThanOrEqual(bytes.length);
      } catch (error) {
        if (!(error instanceof RemoteWriteError)) throw error;
      }
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), survive), { numRuns: 1_000 });
    const sound = requestOf(version, [
      { labels: [['__name__', 'up'], ['job', 'é']], samples: [{ timeMs: NOW_MS, value: 1 }], exemplars: [{ labels: [['trace_id', 'x']], value: 1, timeMs: 3 }] },
      { labels: [['__name__', 'h']], histograms: [{ timeMs: NOW_MS, histogram: integers, counts: 'integer' }], metadata: { type: 3, help: 'H', unit: 's' } },
    ]).finish();
    const change = fc.tuple(fc.nat({ max: sound.length - 1 }), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
        const mutated = Uint8Array.from(sound);
        for (const [at, byte] of changes) mutated[at] = byte;
        survive(mutated);
      }),
      { numRuns: 1_000 },
    );
  });

  it('bounds what small bytes can stand for', () => {
    const big = new RemoteWriteDecoder({ maxBytes: 8_000_000, seed });
    const repeated = (field: number, times: number): Uint8Array => new Uint8Array(new Uint16Array(times).fill((field << 3) | 2).buffer);
    const bomb = (what: RegExp, message: ProtoWriter | Uint8Array): void => {
      expect(() => big.decode(version, compress(message instanceof Uint8Array ? message : message.finish()))).toThrow(what);
    };
    const seriesField = version === 1 ? 1 : 5;
    bomb(/more than 500000 series/, repeated(seriesField, 500_001));
    bomb(/more than 1048576 samples/, new ProtoWriter().bytes(seriesField, repeated(2, 1_048_577)));
    bomb(/more than 100000 exemplars/, new ProtoWriter().bytes(seriesField, repeated(version === 1 ? 3 : 4, 100_001)));
    bomb(/more than 1000000 buckets/, new ProtoWriter().bytes(seriesField, new ProtoWriter().bytes(version === 1 ? 4 : 3, new ProtoWriter().bytes(12, new Uint8Array(1_000_001)))));
  });
});

describe('remote write 1.0', () => {
  it('gives the metadata of metric families', () => {
    const family = new ProtoWriter().varint(1, 1).bytes(2, 'http_requests').bytes(4, 'Requests.').bytes(5, 'requests');
    const batch = decode(1, new ProtoWriter().bytes(3, family).bytes(3, new ProtoWriter().bytes(4, 'nameless')).bytes(3, new ProtoWriter().bytes(2, [0xff])));
    expect([...batch.families]).toEqual([['http_requests', { type: 'counter', help: 'Requests.', unit: 'requests' }]]);
    expect(batch.rejected.map(({ part, position }) => [part, position])).toEqual([['metadata', 1], ['metadata', 2]]);
  });

  it('finds labels that stand apart, and refuses broken ones', () => {
    const label = (name: string, value: string): ProtoWriter => new ProtoWriter().bytes(1, name).bytes(2, value);
    const apart = new ProtoWriter().bytes(2, new ProtoWriter().double(1, 1)).bytes(1, label('__name__', 'up')).bytes(2, new ProtoWriter()).bytes(1, label('a', 'b'));
    const broken = new ProtoWriter().bytes(1, label('__name__', 'up')).bytes(1, [0x0a, 9, 1]);
    const notText = new ProtoWriter().bytes(1, new ProtoWriter().bytes(1, '__name__').bytes(2, [0xc3]));
    const batch = decode(1, new ProtoWriter().bytes(1, apart).bytes(1, broken).bytes(1, notText));
    expect(batch.labels(0)).toEqual({ kind: 'labels', labels: [{ name: '__name__', value: 'up' }, { name: 'a', value: 'b' }] });
    expect(batch.labels(1)).toMatchObject({ kind: 'rejected', rejected: { position: 1, reason: expect.stringContaining('cut off') } });
    expect(batch.labels(2)).toMatchObject({ rejected: { reason: 'the value of the label "__name__" is not valid UTF-8' } });
  });

  it('takes samples and histograms side by side, which 1.0 does not forbid', () => {
    const both: GivenSeries = { labels: [['__name__', 'up']], samples: [{ timeMs: 1, value: 1 }], histograms: [{ timeMs: 2, histogram: integers, counts: 'integer' }] };
    expect(decode(1, writeRequestV1([both])).sampleEnds[0]).toBe(2);
  });

  it('sees nothing in a message of 2.0', () => {
    expect(decode(1, writeRequestV2([{ labels: [['__name__', 'up']], samples: [{ timeMs: 1, value: 1 }] }])).seriesCount).toBe(0);
  });
});

describe('remote write 2.0', () => {
  const symbols = (): ProtoWriter => new ProtoWriter().bytes(4, '').bytes(4, '__name__').bytes(4, 'up').bytes(4, [0xff]);
  const one = new ProtoWriter().double(1, 1);

  it.each<[string, ProtoWriter, string]>([
    ['references beyond the table', new ProtoWriter().packed(1, [1, 4]).bytes(2, one), 'it refers to symbols outside of the table, which has 4'],
    ['metadata beyond the table', new ProtoWriter().packed(1, [1, 2]).bytes(2, one).bytes(5, new ProtoWriter().varint(3, 99)), 'it refers to symbols outside of the table, which has 4'],
    ['an odd number of references', new ProtoWriter().packed(1, [1, 2, 1]).bytes(2, one), 'its labels are 3 references, which are no pairs'],
    ['samples and histograms', new ProtoWriter().packed(1, [1, 2]).bytes(2, one).bytes(3, new ProtoWriter()), 'it has both samples and histograms'],
    ['nothing', new ProtoWriter().packed(1, [1, 2]), 'it has no sample, no histogram and no exemplar'],
  ])('leaves a series with %s out of the batch', (_, series, reason) => {
    const sound = new ProtoWriter().packed(1, [1, 2]).bytes(2, one);
    const batch = decode(2, symbols().bytes(5, sound).bytes(5, series).bytes(5, sound));
    expect([batch.seriesCount, batch.sampleEnds[1], batch.exemplars, batch.histograms.size]).toEqual([2, 2, [], 0]);
    expect(batch.rejected).toEqual([{ part: 'series', position: 1, reason }]);
    expect(batch.keysLow[1]).toBe(batch.keysLow[0]);
  });

  it('takes references one by one, symbols behind the series, and refuses text that is none', () => {
    const scattered = new ProtoWriter().varint(1, 1).bytes(2, one).varint(1, 2);
    const batch = decode(2, new ProtoWriter().bytes(5, scattered).bytes(5, new ProtoWriter().packed(1, [1, 3]).bytes(2, one)).raw(...symbols().finish()));
    expect(batch.labels(0)).toEqual({ kind: 'labels', labels: [{ name: '__name__', value: 'up' }] });
    expect(batch.labels(1)).toMatchObject({ kind: 'rejected', rejected: { position: 1, reason: 'the value of the label "__name__" is not valid UTF-8' } });
  });

  it('gives each series its metadata', () => {
    const given = { labels: [['__name__', 'up']], samples: [{ timeMs: 1, value: 1 }] } as const;
    const batch = decode(2, writeRequestV2([{ ...given, metadata: { type: 2, help: 'Is it up?', unit: '' } }, given]));
    expect([batch.metadata(0), batch.metadata(1)]).toEqual([{ type: 'gauge', help: 'Is it up?', unit: '' }, null]);
  });

  it('drops an exemplar that is wrong, and keeps its series', () => {
    const exemplar = (...references: number[]): ProtoWriter => new ProtoWriter().packed(1, references).double(2, 1);
    const series = new ProtoWriter().packed(1, [1, 2]).bytes(2, one).bytes(4, exemplar(1, 9)).bytes(4, exemplar(1)).bytes(4, exemplar(1, 2));
    const batch = decode(2, symbols().bytes(5, series));
    expect([batch.seriesCount, batch.exemplars.length, batch.rejected.map(({ part }) => part)]).toEqual([1, 1, ['exemplar', 'exemplar']]);
  });

  it('lists the first refusals and counts all', () => {
    const batch = decode(2, symbols().raw(...Array.from({ length: 250 }, () => [(5 << 3) | 2, 0]).flat()));
    expect([batch.rejected.length, batch.rejectedCount]).toEqual([100, 250]);
  });
});

describe('RemoteWriteDecoder', () => {
  it('is not disturbed by what it decoded before, not even by what failed', () => {
    const request: GivenSeries[] = [{ labels: [['__name__', 'up'], ['a', 'b']], samples: [{ timeMs: 1, value: 1 }], exemplars: [{ labels: [], value: 1, timeMs: 1 }] }];
    const used = newDecoder();
    for (const version of [1, 2] as const) {
      const body = compress(requestOf(version, request).finish());
      const expected = readBack(newDecoder().decode(version, body));
      expect(() => used.decode(version, body.subarray(0, body.length - 3))).toThrow(RemoteWriteError);
      expect(readBack(used.decode(version, body))).toEqual(expected);
    }
  });
});
