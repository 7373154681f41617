import type { BodyCursor } from './body-cursor.js';
import { BACKSLASH, CLOSE, LF, OPEN, QUOTE, SPACE, isBlank } from './bytes.js';
import type { Dialect } from './dialect.js';
import { METRIC_NAME_START } from './name-bytes.js';
import { closingQuote } from './quoted.js';

// The same byte four times over: what takes a byte from one word takes it from four.
const ONES = 0x0101_0101;
const HIGH_BITS = 0x8080_8080;
const OPENS = OPEN * ONES;
const BEHIND_SPACES = (SPACE + 1) * ONES;

/**
 * The place behind the name and the labels that begin at the cursor, found without a look at what they say: whoever has met the same bytes before knows them, and
 * whoever has not reads them as labels, with all checks. As every sample comes through here, the loops are written out. Throws ExpositionError.
 */
export function seriesEnd(cursor: BodyCursor, dialect: Dialect): number {
  const { bytes, at: from } = cursor;
  if (bytes[from] === OPEN) return bracesEnd(cursor, from, dialect);
  if (METRIC_NAME_START[bytes[from]!] === 0) throw cursor.refuse(from, 'a metric name');
  const nameEnd = bareNameEnd(cursor);
  let at = nameEnd;
  if (dialect.loose) while (isBlank(bytes[at]!)) at++;
  return bytes[at] === OPEN ? bracesEnd(cursor, at, dialect) : nameEnd;
}

/** The first brace, blank or control character: four bytes a turn as long as none of them is one (Warren, "Hacker's Delight", 6-1: a byte of 0 borrows from its high bit). */
function bareNameEnd({ bytes, view, at: from, end }: BodyCursor): number {
  let at = from;
  for (; at + 4 <= end; at += 4) {
    const four = view.getInt32(at, true);
    const braces = four ^ OPENS;
    if (((((four - BEHIND_SPACES) & ~four) | ((braces - ONES) & ~braces)) & HIGH_BITS) !== 0) break;
  }
  let byte = bytes[at]!;
  while (byte > SPACE && byte !== OPEN) byte = bytes[++at]!;
  return at;
}

function bracesEnd(cursor: BodyCursor, openAt: number, dialect: Dialect): number {
  const { bytes } = cursor;
  let at = openAt;
  for (;;) {
    let byte = bytes[++at]!;
    if (byte === QUOTE) {
      const quoteAt = at;
      do byte = bytes[++at]!;
      while (byte !== QUOTE && byte !== BACKSLASH && byte !== LF);
      if (byte !== QUOTE) at = closingQuote(cursor, quoteAt, dialect);
    } else if (byte === CLOSE) return at + 1;
    else if (byte === LF) throw cursor.refuse(at, 'a closing brace');
  }
}
