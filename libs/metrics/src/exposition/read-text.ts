import type { BodyReading } from './body-reading.js';
import { HASH, LF, isBlank } from './bytes.js';
import { familyType, readFamilyName, standsAt } from './family-comment.js';
import { ESCAPED, plainText, unescapedText } from './quoted.js';
import { readCommentLine } from './read-comment-line.js';
import { readFloat, readInteger } from './read-number.js';
import { readSeries } from './read-series.js';
import type { ToldOfFamily } from './told-families.js';

/** Prometheus text format 0.0.4 ("Text format details"), as the scraper of Prometheus takes it. Throws ExpositionError. */
export function readText(reading: BodyReading): void {
  const { cursor, line, receiver } = reading;
  const { bytes, end } = cursor;
  while (cursor.at < end) {
    cursor.lineAt = cursor.at;
    skipBlanks(reading);
    const byte = bytes[cursor.at];
    if (byte === LF) cursor.at++;
    else if (byte === HASH) readCommentLine(reading, readComment);
    else {
      readSample(reading);
      receiver.sample(line);
    }
  }
}

/** The name or brace stands at the cursor. */
function readSample(reading: BodyReading): void {
  const { cursor, line } = reading;
  readSeries(reading);
  skipBlanks(reading);
  line.value = readFloat(cursor);
  line.timeMs = null;
  if (cursor.bytes[cursor.at] !== LF) readRest(reading);
  cursor.endLine('the end of the line');
}

/** Behind the value. */
function readRest(reading: BodyReading): void {
  const { cursor, line } = reading;
  if (!isBlank(cursor.bytes[cursor.at]!)) throw cursor.refuse(cursor.at, 'a blank or the end of the line behind the value');
  skipBlanks(reading);
  if (cursor.bytes[cursor.at] === LF) return;
  line.timeMs = readInteger(cursor);
  skipBlanks(reading);
}

function skipBlanks({ cursor }: BodyReading): void {
  while (isBlank(cursor.bytes[cursor.at]!)) cursor.at++;
}

/** A `#` that is not followed by blanks, HELP or TYPE, and blanks, begins a remark. */
function readComment(reading: BodyReading): ToldOfFamily | null {
  const { cursor } = reading;
  cursor.at++;
  if (!isBlank(cursor.bytes[cursor.at]!)) return null;
  skipBlanks(reading);
  if (opensWith(reading, 'TYPE')) return readType(reading);
  return opensWith(reading, 'HELP') ? readHelp(reading) : null;
}

/** Goes behind the keyword and its blanks where it does. */
function opensWith(reading: BodyReading, keyword: string): boolean {
  const { cursor } = reading;
  const behind = cursor.at + keyword.length;
  if (!standsAt(cursor, keyword, cursor.at) || !isBlank(cursor.bytes[behind]!)) return false;
  cursor.at = behind;
  skipBlanks(reading);
  return true;
}

function readType({ cursor, dialect, families }: BodyReading): ToldOfFamily {
  const name = readFamilyName(cursor, dialect);
  const from = cursor.at;
  const text = plainText(cursor, from, cursor.lineEnd(from));
  if (!/^[ \t]/.test(text)) throw cursor.refuse(from, 'a blank and a type behind the metric name');
  const type = familyType(cursor, from + 1, { format: 'prometheus-text', text: text.replace(/^[ \t]+/, '').replace(/[ \t]+$/, '') });
  return { family: families.named(name), part: { type } };
}

function readHelp({ cursor, dialect, families }: BodyReading): ToldOfFamily | null {
  const name = readFamilyName(cursor, dialect);
  const byte = cursor.bytes[cursor.at]!;
  // The name is none then; a remark that looks like this harms no one.
  if (!isBlank(byte) && byte !== LF) return null;
  const from = byte === LF ? cursor.at : cursor.at + 1;
  return { family: families.named(name), part: { help: unescapedText(cursor, { from, to: cursor.lineEnd(from) }, ESCAPED.inTextHelp) } };
}
