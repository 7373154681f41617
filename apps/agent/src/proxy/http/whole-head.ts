import type { HeadFields, KeptHeader } from './head-fields.js';
import { COLON, CONNECT_METHOD, CR, HEAD_METHOD, KEEP_ALIVE, LF, MAX_HEAD_BYTES, MAX_VALUE_BYTES, MAX_WORD_BYTES, SPACE, TOKEN, VERSION_PREFIX, keptHeader, startsWith, startsWithToken } from './http-bytes.js';
import type { MessageRole } from './head-scanner.js';

const NOT_WHOLE = -1;
// Shorter than any head.
const SHORTEST_HEAD_BYTES = 16;
// What a number holds for certain; longer lengths are the scanner's business.
const MAX_LENGTH_DIGITS = 15;
const CONTROLS = /[\0-\x08\x0a-\x1f]/;

const ENDS_TARGET = tableOf((byte) => byte <= SPACE || byte === 0x7f);
const ENDS_LINE = tableOf((byte) => byte === CR || byte === LF || byte === 0);

function tableOf(holds: (byte: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (holds(byte) ? 1 : 0));
}

/**
 * The short way through a head that lies whole in one chunk and has nothing unusual about it, as nearly all do: gives the offset behind it. Gives -1, with
 * `head` in any state, for all others, which the scanner then reads byte by byte. It may give up on any head, but must never read one differently.
 */
export function readWholeHead(role: MessageRole, chunk: Buffer, from: number, head: HeadFields): number {
  const end = Math.min(chunk.length, from + MAX_HEAD_BYTES);
  if (end - from < SHORTEST_HEAD_BYTES) return NOT_WHOLE;
  let at = role === 'request' ? readRequestLine(chunk, from, end, head) : readStatusLine(chunk, from, end, head);
  while (at !== NOT_WHOLE && at + 1 < end) {
    if (chunk[at] === CR) return chunk[at + 1] === LF ? at + 2 : NOT_WHOLE;
    at = readHeader(chunk, at, end, head);
  }
  return NOT_WHOLE;
}

function readRequestLine(chunk: Buffer, from: number, end: number, head: HeadFields): number {
  const blank = tokenEnd(chunk, from, end);
  const methodBytes = blank - from;
  if (methodBytes === 0 || methodBytes > MAX_WORD_BYTES || chunk[blank] !== SPACE || startsWith(chunk, from, CONNECT_METHOD)) return NOT_WHOLE;
  head.isHead = methodBytes === HEAD_METHOD.length && startsWith(chunk, from, HEAD_METHOD);
  let at = blank + 1;
  while (at < end && ENDS_TARGET[chunk[at]!] === 0) at++;
  // Behind the target: a blank, the eight bytes of the version, and the end of the line.
  if (at === blank + 1 || at + 11 > end || chunk[at] !== SPACE || !readVersion(chunk, at + 1, head)) return NOT_WHOLE;
  return chunk[at + 9] === CR && chunk[at + 10] === LF ? at + 11 : NOT_WHOLE;
}

function readStatusLine(chunk: Buffer, from: number, end: number, head: HeadFields): number {
  if (!readVersion(chunk, from, head) || chunk[from + 8] !== SPACE || chunk[from + 12] !== SPACE) return NOT_WHOLE;
  head.status = digit(chunk[from + 9]!) * 100 + digit(chunk[from + 10]!) * 10 + digit(chunk[from + 11]!);
  return head.status >= 100 ? lineEnd(chunk, from + 13, end) : NOT_WHOLE;
}

function readVersion(chunk: Buffer, at: number, head: HeadFields): boolean {
  head.minorVersion = chunk[at + VERSION_PREFIX.length]! - 0x30;
  return startsWith(chunk, at, VERSION_PREFIX) && (head.minorVersion === 1 || head.minorVersion === 0);
}

function readHeader(chunk: Buffer, from: number, end: number, head: HeadFields): number {
  const colon = tokenEnd(chunk, from, end);
  if (colon === from || chunk[colon] !== COLON) return NOT_WHOLE;
  const next = lineEnd(chunk, colon + 1, end);
  if (next === NOT_WHOLE) return NOT_WHOLE;
  const name = keptHeader(chunk, from, colon - from);
  if (name === null) return next;
  return keepValue(name, { chunk, from: chunk[colon + 1] === SPACE ? colon + 2 : colon + 1, end: next - 2 }, head) ? next : NOT_WHOLE;
}

interface Span {
  readonly chunk: Buffer;
  readonly from: number;
  readonly end: number;
}

/** The usual values are taken as bytes, without a string being made. */
function keepValue(name: KeptHeader, value: Span, head: HeadFields): boolean {
  const { chunk, from, end } = value;
  if (end - from >= MAX_VALUE_BYTES) return false;
  if (name === 'connection' && end - from === KEEP_ALIVE.length && startsWithToken(chunk, from, KEEP_ALIVE)) return (head.keepAlive = true);
  if (name === 'content-length') return keepPlainLength(value, head);
  const text = chunk.toString('latin1', from, end);
  return !CONTROLS.test(text) && head.keep(name, text) === null;
}

function keepPlainLength({ chunk, from, end }: Span, head: HeadFields): boolean {
  if (head.framed || end <= from || end - from > MAX_LENGTH_DIGITS) return false;
  let length = 0;
  for (let at = from; at < end; at++) length = length * 10 + digit(chunk[at]!);
  if (Number.isNaN(length)) return false;
  head.contentLength = length;
  return true;
}

function tokenEnd(chunk: Buffer, from: number, end: number): number {
  let at = from;
  while (at < end && TOKEN[chunk[at]!] !== 0) at++;
  return at;
}

/** The offset behind the line that goes on at `from`. */
function lineEnd(chunk: Buffer, from: number, end: number): number {
  let at = from;
  while (at < end && ENDS_LINE[chunk[at]!] === 0) at++;
  return at + 1 < end && chunk[at] === CR && chunk[at + 1] === LF ? at + 2 : NOT_WHOLE;
}

/** NaN for what is none, which spreads to the sum. */
function digit(byte: number): number {
  return byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : NaN;
}
