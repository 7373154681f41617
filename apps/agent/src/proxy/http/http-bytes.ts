import type { KeptHeader } from './head-fields.js';

export const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;
export const COLON = 0x3a;

/** The largest head that is read. Servers stop at 8 to 64 KiB; beyond it a head is not matched, and what is held of it stays bounded. */
export const MAX_HEAD_BYTES = 65_536;
// The longest method in the IANA registry has 17 letters; the longest header name of interest too.
export const MAX_WORD_BYTES = 32;
/** The longest value of a header that frames. */
export const MAX_VALUE_BYTES = 256;

export const HEAD_METHOD = ascii('HEAD');
export const CONNECT_METHOD = ascii('CONNECT');
export const VERSION_PREFIX = ascii('HTTP/1.');
export const KEEP_ALIVE = ascii('keep-alive');

const KEPT_NAMES: readonly KeptHeader[] = ['content-length', 'transfer-encoding', 'connection', 'expect'];
const KEPT = new Map(KEPT_NAMES.map((name) => [name.length, { name, bytes: ascii(name) }] as const));

/** For each byte that may stand in a token (RFC 9110 section 5.6.2) its lower-case form, else 0. */
export const TOKEN = tokenTable();

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function tokenTable(): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of ascii("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz")) table[byte] = byte;
  for (const byte of ascii('ABCDEFGHIJKLMNOPQRSTUVWXYZ')) table[byte] = byte + 0x20;
  return table;
}

/** Whether `text` stands at `at`, letter for letter. */
export function startsWith(bytes: Uint8Array, at: number, text: Uint8Array): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text[i]) return false;
  return true;
}

/** Whether the lower-case `text` stands at `at`, in any case. */
export function startsWithToken(bytes: Uint8Array, at: number, text: Uint8Array): boolean {
  for (let i = 0; i < text.length; i++) if (TOKEN[bytes[at + i]!] !== text[i]) return false;
  return true;
}

/** The header of this name if it is one that is kept: no two of them are of one length. */
export function keptHeader(bytes: Uint8Array, at: number, length: number): KeptHeader | null {
  const kept = KEPT.get(length);
  return kept !== undefined && startsWithToken(bytes, at, kept.bytes) ? kept.name : null;
}

/** The value of a hexadecimal digit, or -1. */
export function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
