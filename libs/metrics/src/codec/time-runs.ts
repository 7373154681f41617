import type { ByteReader } from './byte-reader.js';
import type { ByteWriter } from './byte-writer.js';
import { malformed } from './codec-error.js';

/** Two times are then at most 2^53 apart, which a number can tell exactly. The year 142,000. */
export const MAX_TIME_MS = 2 ** 52 - 1;

/** Runs of equal times: signed difference to the time before, 0 at first; varint of how many more than one. Throws RangeError for what is no time. */
export function writeTimeRuns(writer: ByteWriter, timesMs: Float64Array, count: number): void {
  let last = 0;
  for (let i = 0; i < count; ) {
    const timeMs = timesMs[i]!;
    requireTime(timeMs);
    const from = i++;
    while (i < count && timesMs[i] === timeMs) i += 1;
    writer.signed(timeMs - last);
    writer.varint(i - from - 1);
    last = timeMs;
  }
}

/** Throws RangeError. */
export function requireTime(timeMs: number): void {
  if (!(Math.abs(timeMs) <= MAX_TIME_MS) || Math.floor(timeMs) !== timeMs) throw new RangeError(`A time is a whole number of milliseconds within 2^52, not ${timeMs}.`);
}

/** Fills `timesMs`. Throws CodecError. */
export function readTimeRuns(reader: ByteReader, timesMs: Float64Array): void {
  const count = timesMs.length;
  let timeMs = 0;
  for (let i = 0; i < count; ) {
    timeMs += reader.signed();
    const to = i + reader.varint() + 1;
    if (to > count || Math.abs(timeMs) > MAX_TIME_MS) throw malformed('a time is beyond what can be, or stands for too many samples');
    timesMs.fill(timeMs, i, to);
    i = to;
  }
}
