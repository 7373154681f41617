import type { ByteReader } from './byte-reader.js';
import type { ByteWriter } from './byte-writer.js';
import { malformed } from './codec-error.js';
import { SERIES_TOKEN } from './journal-format.js';
import type { JournalState } from './journal-state.js';

const MAX_ID = 2 ** 32 - 1;

/** Puts the number of each sample's series into `numbers`. Throws RangeError for what is no id. */
export function writeSeriesColumn(writer: ByteWriter, state: JournalState, ids: Float64Array, numbers: Int32Array): void {
  const { series } = state;
  const count = numbers.length;
  let last = state.lastNumber;
  let i = 0;
  while (i < count) {
    const from = i;
    // A column may be replaced by a longer one whenever a series is new.
    const { successors, ids: known } = series;
    while (i < count && last >= 0) {
      const next = successors[last]!;
      if (next < 0 || known[next] !== ids[i]) break;
      numbers[i++] = last = next;
    }
    if (i > from) {
      writer.varint(4 * (i - from - 1) + SERIES_TOKEN.asBefore);
      continue;
    }
    if (last >= 0) for (const id = known[last]!; i < count && ids[i] === id; i++) numbers[i] = last;
    if (i > from) {
      writer.varint(4 * (i - from - 1) + SERIES_TOKEN.same);
      continue;
    }
    last = writeOther(writer, state, ids[i]!, last);
    numbers[i++] = last;
  }
  state.lastNumber = last;
}

function writeOther(writer: ByteWriter, { series }: JournalState, id: number, last: number): number {
  if (id >>> 0 !== id) throw new RangeError(`A series id is a whole number below 2^32, not ${id}.`);
  const delta = id - (last < 0 ? 0 : series.ids[last]!);
  writer.varint(4 * (delta < 0 ? -2 * delta - 1 : 2 * delta) + SERIES_TOKEN.other);
  const number = series.numberOf(id);
  if (last >= 0) series.successors[last] = number;
  return number;
}

/** Throws CodecError. */
export function readSeriesColumn(reader: ByteReader, state: JournalState, ids: Float64Array, numbers: Int32Array): void {
  const { series } = state;
  const count = numbers.length;
  let last = state.lastNumber;
  let i = 0;
  while (i < count) {
    const token = reader.varint();
    const kind = token % 4;
    const rest = Math.floor(token / 4);
    if (kind === SERIES_TOKEN.other) {
      last = readOther(series, rest, last);
      ids[i] = series.ids[last]!;
      numbers[i++] = last;
      continue;
    }
    if (kind > SERIES_TOKEN.other || rest >= count - i || last < 0) throw malformed('a run of series is too long, or has no beginning');
    const { successors, ids: known } = series;
    for (const to = i + rest + 1; i < to; i++) {
      if (kind === SERIES_TOKEN.asBefore) last = successors[last]!;
      if (last < 0) throw malformed('no series ever followed this one');
      ids[i] = known[last]!;
      numbers[i] = last;
    }
  }
  state.lastNumber = last;
}

function readOther(series: JournalState['series'], zigzag: number, last: number): number {
  const id = (last < 0 ? 0 : series.ids[last]!) + (zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2);
  if (id < 0 || id > MAX_ID) throw malformed('a series id is beyond 32 bits');
  const number = series.numberOf(id);
  if (last >= 0) series.successors[last] = number;
  return number;
}
