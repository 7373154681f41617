import type { ProtoReader } from './proto-reader.js';
import type { WriteColumns } from './write-columns.js';

const VALUE = (1 << 3) | 1;
const TIME = (2 << 3) | 0;
const START_TIME = (3 << 3) | 0;
const KNOWN = 0b1110;

/** A float sample, in both versions; 1.0 has no start time. `reader` stands before its length. */
export function readSample(reader: ProtoReader, columns: WriteColumns): void {
  const outerEnd = reader.enter();
  let value = 0;
  let stale = false;
  let timeMs = 0;
  let startMs = 0;
  while (reader.at < reader.end) {
    const tag = reader.tag();
    if (tag === VALUE) {
      stale = reader.staleAhead();
      value = reader.double();
    } else if (tag === TIME) timeMs = reader.timeMs();
    else if (tag === START_TIME) startMs = reader.timeMs();
    else reader.skip(tag, KNOWN);
  }
  reader.leave(outerEnd);
  columns.sample(timeMs, startMs, stale ? NaN : value, stale);
}
