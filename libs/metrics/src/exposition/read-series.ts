import type { BodyReading } from './body-reading.js';
import { seriesEnd } from './series-end.js';

/** The series at the cursor with its key. Throws ExpositionError. */
export function readSeries({ cursor, dialect, hash, line }: BodyReading): void {
  const from = cursor.at;
  const to = seriesEnd(cursor, dialect);
  hash.start();
  hash.bytes(cursor.view, from, to);
  hash.end();
  line.seriesAt = from;
  line.seriesEnd = to;
  line.keyLow = hash.low;
  line.keyHigh = hash.high;
  cursor.at = to;
}
