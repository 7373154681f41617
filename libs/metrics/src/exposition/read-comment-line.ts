import type { BodyReading } from './body-reading.js';
import type { ToldOfFamily } from './told-families.js';

/** Reads the comment line at the cursor with `read`, unless it is remembered. `read` leaves the cursor in the line and gives what it says. Throws ExpositionError. */
export function readCommentLine(reading: BodyReading, read: (reading: BodyReading) => ToldOfFamily | null): void {
  const { cursor, comments, families } = reading;
  let told = comments?.recall(cursor);
  if (told === undefined) {
    const from = cursor.at;
    told = read(reading);
    cursor.at = cursor.lineEnd(cursor.at);
    cursor.endLine('the end of the line');
    comments?.remember(cursor, from, told);
  }
  if (told !== null) families.tell(told);
}
