/*
 * The samples of one series but for their times:
 *   if not all are floats without a start: a byte, FREE_CODES and the bits of EXTRA; then kinds, kind-runs.ts, and starts, time-runs.ts
 *   values of the floats             float-column.ts
 *   histograms                       histogram-columns.ts
 */
import type { Histogram } from '../histogram/histogram.js';
import { SAMPLE_KIND } from '../samples/sample-run.js';
import type { SampleRun } from '../samples/sample-run.js';
import { BitBytes } from './bit-bytes.js';
import type { ByteWriter } from './byte-writer.js';
import { malformed } from './codec-error.js';
import { FREE_CODES, readFloatColumn } from './float-column.js';
import type { FloatColumns } from './float-column.js';
import { readHistograms, writeHistograms } from './histogram-columns.js';
import { countOfKind, readKinds, writeKinds } from './kind-runs.js';
import { readTimeRuns, writeTimeRuns } from './time-runs.js';

const EXTRA = { kinds: 1, starts: 2 } as const;
const ALL_EXTRAS = 3;

/** Throws RangeError for kinds, starts and histograms that cannot be. */
export function writeSlice(writer: ByteWriter, columns: FloatColumns, { values, kinds, startsMs, histograms }: SampleRun): void {
  const told = kinds !== null && kinds.some((kind) => kind !== SAMPLE_KIND.float) ? kinds : null;
  const begun = startsMs !== null && startsMs.some((startMs) => startMs !== 0) ? startsMs : null;
  if (told !== null || begun !== null) writer.byte(FREE_CODES | (told === null ? 0 : EXTRA.kinds) | (begun === null ? 0 : EXTRA.starts));
  if (told !== null) writeKinds(writer, told, told.length);
  if (begun !== null) writeTimeRuns(writer, begun, begun.length);
  columns.write(writer, told === null ? values : values.filter((_, i) => told[i] === SAMPLE_KIND.float));
  if (told !== null) writeHistograms(writer, columns, histogramsOf(told, histograms));
}

function histogramsOf(kinds: Uint8Array, histograms: SampleRun['histograms']): readonly Histogram[] {
  const found: Histogram[] = [];
  kinds.forEach((kind, i) => {
    if (kind !== SAMPLE_KIND.histogram) return;
    const histogram = histograms?.[i] ?? null;
    if (histogram === null) throw new RangeError(`Sample ${i} of a series is a histogram, but there is none for it.`);
    found.push(histogram);
  });
  return found;
}

/** Of a series with these times. Throws CodecError. */
export function readSlice(bytes: Uint8Array, timesMs: Float64Array): SampleRun {
  const source = new BitBytes(bytes);
  const count = timesMs.length;
  const extras = bytes.length > 0 && bytes[0]! >= FREE_CODES ? source.byte() - FREE_CODES : 0;
  if (extras > ALL_EXTRAS) throw malformed(`a series has the extras ${extras}`);
  const kinds = (extras & EXTRA.kinds) === 0 ? null : new Uint8Array(count);
  const startsMs = (extras & EXTRA.starts) === 0 ? null : new Float64Array(count);
  if (kinds !== null) readKinds(source, kinds);
  if (startsMs !== null) readTimeRuns(source, startsMs);
  const values = kinds === null ? readFloatColumn(source, count) : spreadOut(readFloatColumn(source, countOfKind(kinds, SAMPLE_KIND.float)), kinds);
  const histograms = kinds === null ? null : readPlaced(source, kinds);
  source.requireEnd();
  return { timesMs, values, kinds, histograms, startsMs };
}

/** NaN where the sample is no float. */
function spreadOut(floats: Float64Array, kinds: Uint8Array): Float64Array {
  const values = new Float64Array(kinds.length).fill(NaN);
  let next = 0;
  kinds.forEach((kind, i) => {
    if (kind === SAMPLE_KIND.float) values[i] = floats[next++]!;
  });
  return values;
}

function readPlaced(source: BitBytes, kinds: Uint8Array): readonly (Histogram | null)[] | null {
  const count = countOfKind(kinds, SAMPLE_KIND.histogram);
  if (count === 0) return null;
  const histograms = readHistograms(source, count);
  let next = 0;
  return Array.from(kinds, (kind) => (kind === SAMPLE_KIND.histogram ? histograms[next++]! : null));
}
