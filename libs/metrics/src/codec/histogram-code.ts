/*
 * A histogram as its difference to one before it:
 *   a byte: bit 0 if schema, threshold, spans and bounds are those of the one before; bits 1 and 2 the reset hint
 *   the layout, where it is new: signed schema, threshold, positive and negative spans (varint number, then signed offset and varint length of each),
 *     custom bounds (varint number, then each against the one before it)
 *   count, zero count, sum           numbers against those before
 *   positive and negative counts     numbers against those before, 0 in a new layout; in a known one UNCHANGED and a varint stand for so many more than two equal ones
 */
import type { BucketRun, Histogram, ResetHint, Span } from '../histogram/histogram.js';
import type { ByteReader } from './byte-reader.js';
import type { ByteWriter } from './byte-writer.js';
import { malformed } from './codec-error.js';
import { UNCHANGED, readNumber, writeNumber } from './number-code.js';

export const RESET_HINTS: readonly ResetHint[] = ['unknown', 'reset', 'not-reset', 'gauge'];
const NOTHING_COUNTED = { count: 0, zeroCount: 0, sum: 0 };
const MAX_SPANS = 65_536;
/** Of all histograms that are decoded at once: a known layout costs no bytes, so these do not bound what comes out. */
export const MAX_BUCKETS = 8_388_608;

/** Throws RangeError for one whose spans and counts do not fit each other. */
export function writeHistogram(writer: ByteWriter, histogram: Histogram, previous: Histogram | null): void {
  const known = previous !== null && sameLayout(histogram, previous);
  writer.byte((known ? 1 : 0) | (RESET_HINTS.indexOf(histogram.resetHint) << 1));
  if (!known) writeLayout(writer, histogram);
  writeNumber(writer, histogram.count, previous?.count ?? 0);
  writeNumber(writer, histogram.zeroCount, previous?.zeroCount ?? 0);
  writeNumber(writer, histogram.sum, previous?.sum ?? 0);
  writeCounts(writer, histogram.positive.counts, known ? previous.positive.counts : null);
  writeCounts(writer, histogram.negative.counts, known ? previous.negative.counts : null);
}

export function sameLayout(one: Histogram, other: Histogram): boolean {
  return (
    one.schema === other.schema &&
    Object.is(one.zeroThreshold, other.zeroThreshold) &&
    sameSpans(one.positive, other.positive) &&
    sameSpans(one.negative, other.negative) &&
    one.customBounds.length === other.customBounds.length &&
    one.customBounds.every((bound, i) => Object.is(bound, other.customBounds[i]))
  );
}

function sameSpans(one: BucketRun, other: BucketRun): boolean {
  if (one.spans === other.spans) return one.counts.length === other.counts.length;
  return (
    one.counts.length === other.counts.length &&
    one.spans.length === other.spans.length &&
    one.spans.every(({ offset, length }, i) => offset === other.spans[i]!.offset && length === other.spans[i]!.length)
  );
}

export function writeLayout(writer: ByteWriter, { schema, zeroThreshold, positive, negative, customBounds }: Histogram): void {
  if (!Number.isSafeInteger(schema)) throw new RangeError(`A histogram has the schema ${schema}.`);
  writer.signed(schema);
  writeNumber(writer, zeroThreshold, 0);
  writeSpans(writer, positive);
  writeSpans(writer, negative);
  writer.varint(customBounds.length);
  customBounds.forEach((bound, i) => writeNumber(writer, bound, customBounds[i - 1] ?? 0));
}

function writeSpans(writer: ByteWriter, { spans, counts }: BucketRun): void {
  const spanned = spans.reduce((sum, { length }) => sum + length, 0);
  const whole = spans.every(({ offset, length }) => Number.isSafeInteger(offset) && Number.isSafeInteger(length) && length >= 0);
  if (spanned !== counts.length || !whole || spans.length > MAX_SPANS) throw new RangeError(`A histogram has ${spans.length} spans of ${spanned} buckets, but ${counts.length} counts.`);
  writer.varint(spans.length);
  for (const { offset, length } of spans) {
    writer.signed(offset);
    writer.varint(length);
  }
}

function writeCounts(writer: ByteWriter, counts: readonly number[], previous: readonly number[] | null): void {
  for (let i = 0; i < counts.length; ) {
    let unchanged = i;
    if (previous !== null) while (unchanged < counts.length && Object.is(counts[unchanged], previous[unchanged])) unchanged += 1;
    if (unchanged - i >= 2) {
      writer.byte(UNCHANGED);
      writer.varint(unchanged - i - 2);
      i = unchanged;
    } else {
      writeNumber(writer, counts[i]!, previous?.[i] ?? 0);
      i += 1;
    }
  }
}

/** What histograms have in common while only their counts change. */
export interface HistogramLayout {
  readonly schema: number;
  readonly zeroThreshold: number;
  readonly positiveSpans: readonly Span[];
  readonly negativeSpans: readonly Span[];
  readonly customBounds: readonly number[];
}

/** Throws CodecError. */
export function readLayout(reader: ByteReader): HistogramLayout {
  const schema = reader.signed();
  const zeroThreshold = readNumber(reader, 0);
  const positiveSpans = readSpans(reader);
  const negativeSpans = readSpans(reader);
  const customBounds: number[] = [];
  for (let left = reader.varint(); left > 0; left--) customBounds.push(readNumber(reader, customBounds.at(-1) ?? 0));
  return { schema, zeroThreshold, positiveSpans, negativeSpans, customBounds };
}

export function bucketsIn(spans: readonly Span[]): number {
  return spans.reduce((sum, { length }) => sum + length, 0);
}

function readSpans(reader: ByteReader): readonly Span[] {
  const count = reader.varint();
  if (count > MAX_SPANS) throw malformed(`a histogram has ${count} spans`);
  const spans: Span[] = [];
  for (let i = 0; i < count; i++) spans.push({ offset: reader.signed(), length: reader.varint() });
  if (bucketsIn(spans) > MAX_BUCKETS) throw malformed('a histogram has too many buckets');
  return spans;
}

/** Reads the histograms of one blob. Everything throws CodecError. */
export class HistogramsReader {
  readonly #reader: ByteReader;
  #bucketsLeft = MAX_BUCKETS;

  constructor(reader: ByteReader) {
    this.#reader = reader;
  }

  next(previous: Histogram | null): Histogram {
    const reader = this.#reader;
    const flags = reader.byte();
    const known = (flags & 1) === 1;
    if (flags > 7 || (known && previous === null)) throw malformed('a histogram refers to none before it');
    const layout = previous !== null && known ? layoutOf(previous) : readLayout(reader);
    const scalars = this.#scalars(previous ?? NOTHING_COUNTED);
    const positive = { spans: layout.positiveSpans, counts: this.#counts(layout.positiveSpans, known ? previous!.positive : null) };
    const negative = { spans: layout.negativeSpans, counts: this.#counts(layout.negativeSpans, known ? previous!.negative : null) };
    const { schema, zeroThreshold, customBounds } = layout;
    return { schema, zeroThreshold, ...scalars, positive, negative, customBounds, resetHint: RESET_HINTS[flags >>> 1]! };
  }

  #scalars(previous: Pick<Histogram, 'count' | 'zeroCount' | 'sum'>): Pick<Histogram, 'count' | 'zeroCount' | 'sum'> {
    const count = readNumber(this.#reader, previous.count);
    const zeroCount = readNumber(this.#reader, previous.zeroCount);
    return { count, zeroCount, sum: readNumber(this.#reader, previous.sum) };
  }

  #counts(spans: readonly Span[], previous: BucketRun | null): readonly number[] {
    const count = bucketsIn(spans);
    this.#bucketsLeft -= count;
    if (this.#bucketsLeft < 0) throw malformed('the histograms have too many buckets');
    const reader = this.#reader;
    const counts: number[] = [];
    while (counts.length < count) {
      if (previous !== null && reader.bytes[reader.at] === UNCHANGED && reader.at < reader.end) {
        reader.at += 1;
        const unchanged = reader.varint() + 2;
        if (unchanged > count - counts.length) throw malformed('more buckets are unchanged than there are');
        for (let left = unchanged; left > 0; left--) counts.push(previous.counts[counts.length]!);
      } else counts.push(readNumber(reader, previous?.counts[counts.length] ?? 0));
    }
    return counts;
  }
}

function layoutOf({ schema, zeroThreshold, positive, negative, customBounds }: Histogram): HistogramLayout {
  return { schema, zeroThreshold, positiveSpans: positive.spans, negativeSpans: negative.spans, customBounds };
}
