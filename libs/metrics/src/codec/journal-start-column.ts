import type { ByteReader } from './byte-reader.js';
import type { ByteWriter } from './byte-writer.js';
import { malformed } from './codec-error.js';
import { START_TOKEN } from './journal-format.js';
import type { JournalState } from './journal-state.js';
import { MAX_TIME_MS, requireTime } from './time-runs.js';

/** `numbers`: of the samples' series. Throws RangeError for what is no time. */
export function writeStartColumn(writer: ByteWriter, state: JournalState, startsMs: Float64Array, numbers: Int32Array): void {
  const before = state.series.startsMs;
  const count = numbers.length;
  for (let i = 0; i < count; ) {
    const from = i;
    while (i < count && startsMs[i] === before[numbers[i]!]) i += 1;
    if (i > from) {
      writer.varint(4 * (i - from - 1) + START_TOKEN.asBefore);
      continue;
    }
    while (i < count && startsMs[i] === 0) i += 1;
    if (i > from) {
      writer.varint(4 * (i - from - 1) + START_TOKEN.unknown);
      continue;
    }
    const startMs = startsMs[i]!;
    requireTime(startMs);
    writer.varint(START_TOKEN.other);
    writer.signed(startMs - state.lastStartMs);
    state.lastStartMs = before[numbers[i]!] = startMs;
    i += 1;
  }
}

/** Throws CodecError. */
export function readStartColumn(reader: ByteReader, state: JournalState, startsMs: Float64Array, numbers: Int32Array): void {
  const before = state.series.startsMs;
  const count = numbers.length;
  for (let i = 0; i < count; ) {
    const token = reader.varint();
    const kind = token % 4;
    const to = i + Math.floor(token / 4) + 1;
    if (to > count || kind > START_TOKEN.other) throw malformed('a run of starts is too long, or of no kind');
    if (kind === START_TOKEN.unknown) {
      startsMs.fill(0, i, to);
      i = to;
    } else if (kind === START_TOKEN.asBefore) for (; i < to; i++) startsMs[i] = before[numbers[i]!]!;
    else {
      state.lastStartMs += reader.signed();
      if (Math.abs(state.lastStartMs) > MAX_TIME_MS) throw malformed('a start is beyond what can be');
      startsMs[i] = before[numbers[i]!] = state.lastStartMs;
      i += 1;
    }
  }
}
