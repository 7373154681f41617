import { LF } from './bytes.js';
import { ExpositionError } from './exposition-error.js';

const SHOWN_CHARS = 60;
// A character takes at most four bytes.
const SHOWN_BYTES = 4 * SHOWN_CHARS;
// More than any exposer writes; it bounds what one label value can be.
const MAX_LINE_BYTES = 1 << 20;
const LOSSY_UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Where in a body someone reads. The bytes end with a line feed, so that whoever stops at one need not watch for the end of the body as well. */
export class BodyCursor {
  at = 0;
  lineAt = 0;
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly end: number;

  constructor(body: Uint8Array) {
    this.bytes = body.length === 0 || body[body.length - 1] === LF ? body : withLineFeed(body);
    this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length);
    this.end = this.bytes.length;
  }

  /** Goes behind the line feed that must stand here. */
  endLine(expected: string): void {
    if (this.bytes[this.at] !== LF) throw this.refuse(this.at, expected);
    this.at++;
    if (this.at - this.lineAt > MAX_LINE_BYTES) throw this.refuse(this.lineAt, `a line of at most ${MAX_LINE_BYTES} bytes`);
  }

  /** The line feed at or behind `at`. */
  lineEnd(at: number): number {
    const found = this.bytes.indexOf(LF, at);
    return found < 0 ? this.end : found;
  }

  refuse(at: number, expected: string): ExpositionError {
    const { bytes } = this;
    let line = 1;
    let lineAt = 0;
    for (let next = bytes.indexOf(LF); next >= 0 && next < at; next = bytes.indexOf(LF, lineAt)) {
      line++;
      lineAt = next + 1;
    }
    let column = 1;
    // Bytes within a character are none of their own.
    for (let i = lineAt; i < at; i++) if ((bytes[i]! & 0xc0) !== 0x80) column++;
    return new ExpositionError(line, column, expected, at < this.end ? this.#shown(at) : null);
  }

  #shown(at: number): string {
    const text = LOSSY_UTF8.decode(this.bytes.subarray(at, Math.min(this.lineEnd(at), at + SHOWN_BYTES)));
    return [...text].slice(0, SHOWN_CHARS).join('');
  }
}

function withLineFeed(body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(body.length + 1);
  bytes.set(body);
  bytes[body.length] = LF;
  return bytes;
}
