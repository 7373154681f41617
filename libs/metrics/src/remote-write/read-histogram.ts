import type { Histogram, ResetHint, Span } from '../histogram/histogram.js';
import { histogramProblem } from './histogram-problem.js';
import type { ProtoReader } from './proto-reader.js';
import type { WriteColumns } from './write-columns.js';
import { requireWithin } from './write-limits.js';

const RESET_HINTS: readonly ResetHint[] = ['unknown', 'reset', 'not-reset', 'gauge'];
// Fields 1 to 17 of the message, for `skip`.
const KNOWN = 0x3fffe;
const KNOWN_OF_SPAN = 0x6;

/** Both count fields may come; the one for floats, when it does, says that the buckets are floats too. */
interface RawHistogram {
  isFloat: boolean;
  countInteger: number;
  countFloat: number;
  zeroInteger: number;
  zeroFloat: number;
  sum: number;
  stale: boolean;
  schema: number;
  zeroThreshold: number;
  readonly positive: RawBuckets;
  readonly negative: RawBuckets;
  readonly customBounds: number[];
  resetHint: number;
  timeMs: number;
  startMs: number;
}

interface RawBuckets {
  readonly spans: Span[];
  readonly deltas: number[];
  readonly counts: number[];
}

/** A native histogram, the same message in 1.0 (prompb/types.proto) and 2.0; `reader` stands before its length. What is wrong with its content goes to `columns.rejected`. */
export function readHistogram(reader: ProtoReader, columns: WriteColumns): void {
  const outerEnd = reader.enter();
  const raw: RawHistogram = {
    isFloat: false,
    countInteger: 0,
    countFloat: 0,
    zeroInteger: 0,
    zeroFloat: 0,
    sum: 0,
    stale: false,
    schema: 0,
    zeroThreshold: 0,
    positive: { spans: [], deltas: [], counts: [] },
    negative: { spans: [], deltas: [], counts: [] },
    customBounds: [],
    resetHint: 0,
    timeMs: 0,
    startMs: 0,
  };
  while (reader.at < reader.end) readField(reader, raw, columns);
  reader.leave(outerEnd);
  if (raw.stale) {
    columns.sample(raw.timeMs, raw.startMs, NaN, true);
    return;
  }
  const histogram = histogramOf(raw);
  const problem = histogramProblem(histogram, raw.isFloat);
  if (problem === null) columns.histogram(raw.timeMs, raw.startMs, histogram);
  else columns.reject({ part: 'histogram', position: columns.position, reason: problem });
}

function readField(reader: ProtoReader, raw: RawHistogram, columns: WriteColumns): void {
  const tag = reader.tag();
  const field = FIELDS[tag];
  if (field === undefined) reader.skip(tag, KNOWN);
  else field(reader, raw, columns);
}

type ReadField = (reader: ProtoReader, raw: RawHistogram, columns: WriteColumns) => void;

// By tag: field number times eight, plus wire type (0 varint, 1 eight bytes, 2 length first). Repeated numbers come packed or one by one.
const FIELDS: Readonly<Record<number, ReadField>> = {
  [(1 << 3) | 0]: (reader, raw) => void (raw.countInteger = reader.uint64()),
  [(2 << 3) | 1]: (reader, raw) => {
    raw.countFloat = reader.double();
    raw.isFloat = true;
  },
  [(3 << 3) | 1]: (reader, raw) => {
    raw.stale = reader.staleAhead();
    raw.sum = reader.double();
  },
  [(4 << 3) | 0]: (reader, raw) => void (raw.schema = reader.sint32()),
  [(5 << 3) | 1]: (reader, raw) => void (raw.zeroThreshold = reader.double()),
  [(6 << 3) | 0]: (reader, raw) => void (raw.zeroInteger = reader.uint64()),
  [(7 << 3) | 1]: (reader, raw) => void (raw.zeroFloat = reader.double()),
  [(8 << 3) | 2]: (reader, raw, columns) => readSpan(reader, raw.negative.spans, columns),
  [(9 << 3) | 0]: (reader, raw, columns) => add(raw.negative.deltas, reader.sint64(), columns, reader),
  [(9 << 3) | 2]: (reader, raw, columns) => readPacked(reader, () => add(raw.negative.deltas, reader.sint64(), columns, reader)),
  [(10 << 3) | 1]: (reader, raw, columns) => add(raw.negative.counts, reader.double(), columns, reader),
  [(10 << 3) | 2]: (reader, raw, columns) => readPacked(reader, () => add(raw.negative.counts, reader.double(), columns, reader)),
  [(11 << 3) | 2]: (reader, raw, columns) => readSpan(reader, raw.positive.spans, columns),
  [(12 << 3) | 0]: (reader, raw, columns) => add(raw.positive.deltas, reader.sint64(), columns, reader),
  [(12 << 3) | 2]: (reader, raw, columns) => readPacked(reader, () => add(raw.positive.deltas, reader.sint64(), columns, reader)),
  [(13 << 3) | 1]: (reader, raw, columns) => add(raw.positive.counts, reader.double(), columns, reader),
  [(13 << 3) | 2]: (reader, raw, columns) => readPacked(reader, () => add(raw.positive.counts, reader.double(), columns, reader)),
  [(14 << 3) | 0]: (reader, raw) => void (raw.resetHint = reader.uint32()),
  [(15 << 3) | 0]: (reader, raw) => void (raw.timeMs = reader.timeMs()),
  [(16 << 3) | 1]: (reader, raw, columns) => add(raw.customBounds, reader.double(), columns, reader),
  [(16 << 3) | 2]: (reader, raw, columns) => readPacked(reader, () => add(raw.customBounds, reader.double(), columns, reader)),
  [(17 << 3) | 0]: (reader, raw) => void (raw.startMs = reader.timeMs()),
};

function readPacked(reader: ProtoReader, readOne: () => void): void {
  const outerEnd = reader.enter();
  while (reader.at < reader.end) readOne();
  reader.leave(outerEnd);
}

function add<Item>(to: Item[], item: Item, columns: WriteColumns, reader: ProtoReader): void {
  columns.bucketCount += 1;
  requireWithin('buckets', columns.bucketCount, reader.at);
  to.push(item);
}

function readSpan(reader: ProtoReader, spans: Span[], columns: WriteColumns): void {
  const outerEnd = reader.enter();
  let offset = 0;
  let length = 0;
  while (reader.at < reader.end) {
    const tag = reader.tag();
    if (tag === ((1 << 3) | 0)) offset = reader.sint32();
    else if (tag === ((2 << 3) | 0)) length = reader.uint32();
    else reader.skip(tag, KNOWN_OF_SPAN);
  }
  reader.leave(outerEnd);
  add(spans, { offset, length }, columns, reader);
}

function histogramOf(raw: RawHistogram): Histogram {
  const countsOf = ({ deltas, counts }: RawBuckets): number[] => (raw.isFloat ? counts : runningSum(deltas));
  return {
    schema: raw.schema,
    zeroThreshold: raw.zeroThreshold,
    zeroCount: raw.isFloat ? raw.zeroFloat : raw.zeroInteger,
    count: raw.isFloat ? raw.countFloat : raw.countInteger,
    sum: raw.sum,
    positive: { spans: raw.positive.spans, counts: countsOf(raw.positive) },
    negative: { spans: raw.negative.spans, counts: countsOf(raw.negative) },
    customBounds: raw.customBounds,
    resetHint: RESET_HINTS[raw.resetHint] ?? 'unknown',
  };
}

function runningSum(deltas: readonly number[]): number[] {
  let sum = 0;
  return deltas.map((delta) => (sum += delta));
}
