export const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;

export const HEAD_METHOD = ascii('HEAD');
export const CONNECT_METHOD = ascii('CONNECT');
export const VERSION_PREFIX = ascii('HTTP/1.');
export const CONTENT_LENGTH = ascii('content-length');
export const TRANSFER_ENCODING = ascii('transfer-encoding');
export const CONNECTION = ascii('connection');
export const EXPECT = ascii('expect');

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

export function equalsAscii(bytes: Uint8Array, length: number, text: Uint8Array): boolean {
  if (length !== text.length) return false;
  for (let i = 0; i < length; i++) if (bytes[i] !== text[i]) return false;
  return true;
}

/** The value of a hexadecimal digit, or -1. */
export function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
