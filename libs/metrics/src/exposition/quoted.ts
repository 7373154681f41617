import { utf8Text } from '../remote-write/utf8-text.js';
import type { BodyCursor } from './body-cursor.js';
import { BACKSLASH, LETTER_N, LF, QUOTE } from './bytes.js';
import type { Dialect } from './dialect.js';

/** The place of the quote that closes the one at `openAt`. Throws ExpositionError. */
export function closingQuote(cursor: BodyCursor, openAt: number, dialect: Dialect): number {
  const { bytes, end } = cursor;
  for (let at = openAt + 1; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) return at;
    if (byte === LF && !dialect.quotesOverLines) throw cursor.refuse(at, 'a closing quote');
    if (byte === BACKSLASH && bytes[++at] === LF) throw cursor.refuse(at, 'a character to escape');
  }
  throw cursor.refuse(openAt, 'a quote that is closed');
}

/** The text of [from, to) as it stands. Throws ExpositionError when it is not UTF-8. */
export function plainText(cursor: BodyCursor, from: number, to: number): string {
  const text = utf8Text(cursor.bytes, from, to);
  if (text === null) throw cursor.refuse(from, 'valid UTF-8');
  return text;
}

/** What a backslash may stand before. The older format leaves quotes alone in help texts. */
export const ESCAPED = { everywhere: [BACKSLASH, QUOTE, LETTER_N], inTextHelp: [BACKSLASH, LETTER_N] } as const;

/** The text of [from, to) without its escapes; backslashes before anything else stay. Throws ExpositionError when it is not UTF-8. */
export function unescapedText(cursor: BodyCursor, { from, to }: { readonly from: number; readonly to: number }, escaped: readonly number[] = ESCAPED.everywhere): string {
  const { bytes } = cursor;
  let at = from;
  while (at < to && bytes[at] !== BACKSLASH) at++;
  if (at === to) return plainText(cursor, from, to);
  // Byte by byte, as there may be a million of them.
  const plain = new Uint8Array(to - from);
  let length = 0;
  for (at = from; at < to; at++) {
    const isEscape = bytes[at] === BACKSLASH && at + 1 < to && escaped.includes(bytes[at + 1]!);
    if (isEscape) at++;
    plain[length++] = isEscape && bytes[at] === LETTER_N ? LF : bytes[at]!;
  }
  const text = utf8Text(plain, 0, length);
  if (text === null) throw cursor.refuse(from, 'valid UTF-8');
  return text;
}
