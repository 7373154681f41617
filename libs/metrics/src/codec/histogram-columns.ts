/*
 * The histograms of a series, in runs that share a layout; of each run
 *   its length less one              varint
 *   layout                           histogram-code.ts
 *   reset hints                      runs, each a varint: the hint in its two lowest bits, above them how many more than one
 *   counts, zero counts, sums, then every bucket, positive ones first     a column each, float-column.ts
 */
import type { Histogram, ResetHint } from '../histogram/histogram.js';
import type { BitBytes } from './bit-bytes.js';
import type { ByteWriter } from './byte-writer.js';
import { malformed } from './codec-error.js';
import type { FloatColumns } from './float-column.js';
import { readFloatColumn } from './float-column.js';
import { MAX_BUCKETS, RESET_HINTS, bucketsIn, readLayout, sameLayout, writeLayout } from './histogram-code.js';
import type { HistogramLayout } from './histogram-code.js';

const SCALARS: readonly ((histogram: Histogram) => number)[] = [({ count }) => count, ({ zeroCount }) => zeroCount, ({ sum }) => sum];

/** Throws RangeError for histograms whose spans and counts do not fit each other, or that have too many buckets in all. */
export function writeHistograms(writer: ByteWriter, columns: FloatColumns, histograms: readonly Histogram[]): void {
  let bucketsLeft = MAX_BUCKETS;
  for (let from = 0; from < histograms.length; ) {
    const first = histograms[from]!;
    let to = from + 1;
    while (to < histograms.length && sameLayout(histograms[to]!, first)) to += 1;
    bucketsLeft -= (to - from) * (first.positive.counts.length + first.negative.counts.length);
    if (bucketsLeft < 0) throw new RangeError(`The histograms of a series have more than ${MAX_BUCKETS} buckets.`);
    writeRun(writer, columns, histograms.slice(from, to));
    from = to;
  }
}

function writeRun(writer: ByteWriter, columns: FloatColumns, run: readonly Histogram[]): void {
  const { positive, negative } = run[0]!;
  writer.varint(run.length - 1);
  writeLayout(writer, run[0]!);
  writeHints(writer, run);
  const write = (of: (histogram: Histogram) => number): void => columns.write(writer, Float64Array.from(run, of));
  SCALARS.forEach(write);
  positive.counts.forEach((_, bucket) => write((histogram) => histogram.positive.counts[bucket]!));
  negative.counts.forEach((_, bucket) => write((histogram) => histogram.negative.counts[bucket]!));
}

function writeHints(writer: ByteWriter, run: readonly Histogram[]): void {
  for (let i = 0; i < run.length; ) {
    const from = i;
    const { resetHint } = run[from]!;
    while (i < run.length && run[i]!.resetHint === resetHint) i += 1;
    writer.varint(4 * (i - from - 1) + RESET_HINTS.indexOf(resetHint));
  }
}

/** Throws CodecError. */
export function readHistograms(source: BitBytes, count: number): readonly Histogram[] {
  const histograms: Histogram[] = [];
  let bucketsLeft = MAX_BUCKETS;
  while (histograms.length < count) {
    const length = source.varint() + 1;
    if (length > count - histograms.length) throw malformed('a run of histograms is too long');
    const layout = readLayout(source);
    bucketsLeft -= length * (bucketsIn(layout.positiveSpans) + bucketsIn(layout.negativeSpans));
    if (bucketsLeft < 0) throw malformed('the histograms have too many buckets');
    readRun(source, layout, length, histograms);
  }
  return histograms;
}

function readRun(source: BitBytes, layout: HistogramLayout, length: number, into: Histogram[]): void {
  const { schema, zeroThreshold, positiveSpans, negativeSpans, customBounds } = layout;
  const hints = readHints(source, length);
  const [counts, zeroCounts, sums] = readColumns(source, SCALARS.length, length) as [Float64Array, Float64Array, Float64Array];
  const positive = readColumns(source, bucketsIn(positiveSpans), length);
  const negative = readColumns(source, bucketsIn(negativeSpans), length);
  const at = (columns: readonly Float64Array[], i: number): readonly number[] => columns.map((column) => column[i]!);
  for (let i = 0; i < length; i++) {
    into.push({
      schema,
      zeroThreshold,
      zeroCount: zeroCounts[i]!,
      count: counts[i]!,
      sum: sums[i]!,
      positive: { spans: positiveSpans, counts: at(positive, i) },
      negative: { spans: negativeSpans, counts: at(negative, i) },
      customBounds,
      resetHint: hints[i]!,
    });
  }
}

function readHints(source: BitBytes, count: number): readonly ResetHint[] {
  const hints: ResetHint[] = [];
  while (hints.length < count) {
    const token = source.varint();
    const length = Math.floor(token / 4) + 1;
    if (length > count - hints.length) throw malformed('a run of reset hints is too long');
    for (let i = 0; i < length; i++) hints.push(RESET_HINTS[token % 4]!);
  }
  return hints;
}

function readColumns(source: BitBytes, count: number, length: number): readonly Float64Array[] {
  const columns: Float64Array[] = [];
  while (columns.length < count) columns.push(readFloatColumn(source, length));
  return columns;
}
