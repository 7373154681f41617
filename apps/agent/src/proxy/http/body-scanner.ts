import { CR, LF, MAX_HEAD_BYTES, hexDigit } from './http-bytes.js';

// 13 hexadecimal digits stay below 2^53; nobody sends a chunk of four petabytes in good faith.
const MAX_SIZE_DIGITS = 13;

const DONE = 0;
const BYTES = 1;
const UNTIL_CLOSE = 2;
const SIZE = 3;
const EXTENSION = 4;
const SIZE_LF = 5;
const DATA = 6;
const DATA_CR = 7;
const DATA_LF = 8;
const TRAILER_START = 9;
const TRAILER = 10;
const TRAILER_LF = 11;
const LAST_LF = 12;
const FAILED = 13;

/**
 * Finds the end of one message body (RFC 9112 sections 6 and 7) without keeping any of it.
 *
 *     chunked: SIZE [EXTENSION] SIZE_LF -> DATA DATA_CR DATA_LF -> SIZE ...
 *                                 '- size 0 -> TRAILER_START [TRAILER TRAILER_LF] ... LAST_LF -> done
 */
export class BodyScanner {
  problem: string | null = null;
  /** The most payload to be read at once; each piece then ends the scan. Null: payload is passed over like framing. */
  pieceBytes: number | null = null;
  /** Offset of the piece of payload that the last scan ended with, or -1. */
  payloadFrom = -1;
  private state = DONE;
  private left = 0;
  private digits = 0;
  private overheadBytes = 0;

  beginEmpty(): void {
    this.state = DONE;
  }
  beginBytes(count: number): void {
    this.left = count;
    this.state = count === 0 ? DONE : BYTES;
  }
  beginChunked(): void {
    this.left = this.digits = this.overheadBytes = 0;
    this.state = SIZE;
  }
  beginUntilClose(): void {
    this.state = UNTIL_CLOSE;
  }

  get done(): boolean {
    return this.state === DONE;
  }
  get endsAtClose(): boolean {
    return this.state === UNTIL_CLOSE;
  }

  /** Reads on from `from`; gives the offset behind the body when `done`, else the end of the chunk or the place of the `problem`. */
  scan(chunk: Uint8Array, from: number): number {
    let at = from;
    this.payloadFrom = -1;
    while (at < chunk.length && this.state !== DONE && this.state !== FAILED) {
      if (this.pieceBytes !== null && this.inPayload) return this.readPiece(chunk.length, at, this.pieceBytes);
      if (this.state === BYTES || this.state === DATA) at = this.skipData(chunk.length, at);
      else if (this.state === UNTIL_CLOSE) at = chunk.length;
      else at = this.step(chunk[at]!, at);
    }
    return at;
  }

  private get inPayload(): boolean {
    return this.state === BYTES || this.state === DATA || this.state === UNTIL_CLOSE;
  }

  private readPiece(end: number, at: number, pieceBytes: number): number {
    const pieceEnd = Math.min(end, at + pieceBytes);
    this.payloadFrom = at;
    return this.state === UNTIL_CLOSE ? pieceEnd : this.skipData(pieceEnd, at);
  }

  private skipData(end: number, at: number): number {
    const count = Math.min(this.left, end - at);
    this.left -= count;
    if (this.left === 0) this.state = this.state === BYTES ? DONE : DATA_CR;
    return at + count;
  }

  private step(byte: number, at: number): number {
    switch (this.state) {
      case SIZE:
        return this.readSize(byte, at);
      case EXTENSION:
      case TRAILER:
        return this.skipText(byte, at);
      case SIZE_LF:
        return this.expect(byte, LF, { next: this.left === 0 ? TRAILER_START : DATA, at });
      case DATA_CR:
        return this.expect(byte, CR, { next: DATA_LF, at });
      case DATA_LF:
        this.digits = this.overheadBytes = 0;
        return this.expect(byte, LF, { next: SIZE, at });
      case TRAILER_START:
        this.state = byte === CR ? LAST_LF : TRAILER;
        return byte === CR ? at + 1 : this.skipText(byte, at);
      case TRAILER_LF:
        return this.expect(byte, LF, { next: TRAILER_START, at });
      default:
        return this.expect(byte, LF, { next: DONE, at });
    }
  }

  private readSize(byte: number, at: number): number {
    const digit = hexDigit(byte);
    if (digit >= 0 && this.digits < MAX_SIZE_DIGITS) {
      this.digits += 1;
      this.left = this.left * 16 + digit;
      return at + 1;
    }
    if (this.digits === 0 || (byte !== CR && byte !== 0x3b)) return this.fail('a chunk size that is not a plain hexadecimal number', at);
    this.state = byte === CR ? SIZE_LF : EXTENSION;
    return at + 1;
  }

  private skipText(byte: number, at: number): number {
    this.overheadBytes += 1;
    if (byte === LF || byte === 0 || this.overheadBytes > MAX_HEAD_BYTES) return this.fail('chunk extensions or trailers that are too long or have a bare LF', at);
    if (byte === CR) this.state = this.state === EXTENSION ? SIZE_LF : TRAILER_LF;
    return at + 1;
  }

  private expect(byte: number, wanted: number, then: { next: number; at: number }): number {
    if (byte !== wanted) return this.fail('a chunk that is not framed by CR LF', then.at);
    this.state = then.next;
    return then.at + 1;
  }

  private fail(problem: string, at: number): number {
    this.problem = problem;
    this.state = FAILED;
    return at;
  }
}
