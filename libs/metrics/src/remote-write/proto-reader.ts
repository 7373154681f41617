import { RemoteWriteError } from './remote-write-error.js';

const TWO_28 = 2 ** 28;
const TWO_31 = 2 ** 31;
const TWO_32 = 2 ** 32;
const MAX_VARINT_BYTES = 10;

// Prometheus' stale marker, 0x7ff0000000000002, in its two words. It is a signalling NaN, which turns into an ordinary one wherever JavaScript keeps it as a boxed number.
const STALE_HIGH = 0x7ff0_0000;
const STALE_LOW = 2;

/**
 * Reads protobuf (encoding guide at protobuf.dev) from the bytes in [at, end), which are those of the message being read. Fields are public, and there is no
 * object per field, because a request has a hundred thousand fields. Everything throws RemoteWriteError with the byte where the trouble is.
 */
export class ProtoReader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at = 0;
  end: number;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.end = bytes.length;
  }

  /** Field number and wire type in one number, as they are written. */
  tag(): number {
    const first = this.bytes[this.at]!;
    if (first < 0x80 && this.at < this.end) {
      this.at += 1;
      return first;
    }
    return this.uint32();
  }

  /** The low 32 bits, unsigned, as protobuf asks for numbers that are too wide. */
  uint32(): number {
    const first = this.bytes[this.at]!;
    if (first < 0x80 && this.at < this.end) {
      this.at += 1;
      return first;
    }
    const from = this.at;
    let value = 0;
    for (let i = 0; i < MAX_VARINT_BYTES; i++) {
      if (this.at >= this.end) throw this.malformed('a varint is cut off');
      const byte = this.bytes[this.at++]!;
      if (i < 5) value |= (byte & 0x7f) << (7 * i);
      if (byte < 0x80) return value >>> 0;
    }
    this.at = from;
    throw this.malformed('a varint is longer than ten bytes');
  }

  sint32(): number {
    const coded = this.uint32();
    return (coded >>> 1) ^ -(coded & 1);
  }

  /** Beyond 2^53 the nearest number that JavaScript has; so for all 64-bit ones here. */
  int64(): number {
    this.#halves();
    return this.#high * TWO_32 + this.#low;
  }

  uint64(): number {
    this.#halves();
    return (this.#high >>> 0) * TWO_32 + this.#low;
  }

  sint64(): number {
    this.#halves();
    const half = (this.#high >>> 0) * TWO_31 + (this.#low >>> 1);
    return this.#low % 2 === 0 ? half : -half - 1;
  }

  #low = 0;
  #high = 0;

  /** The 64 bits of a varint: `low` unsigned, `high` signed. */
  #halves(): void {
    const from = this.at;
    const bytes = this.bytes;
    let at = from;
    let low28 = 0;
    let mid28 = 0;
    let top8 = 0;
    for (let i = 0; i < MAX_VARINT_BYTES; i++) {
      if (at >= this.end) throw this.malformed('a varint is cut off');
      const byte = bytes[at++]!;
      if (i < 4) low28 |= (byte & 0x7f) << (7 * i);
      else if (i < 8) mid28 |= (byte & 0x7f) << (7 * (i - 4));
      else top8 |= (byte & 0x7f) << (7 * (i - 8));
      if (byte < 0x80) {
        this.at = at;
        this.#low = (low28 | (mid28 << 28)) >>> 0;
        this.#high = (mid28 >>> 4) | (top8 << 24);
        return;
      }
    }
    throw this.malformed('a varint is longer than ten bytes');
  }

  /** A time in milliseconds: as `int64`, and faster for those between 1978 and 4199, which take six bytes. */
  timeMs(): number {
    const bytes = this.bytes;
    const at = this.at;
    if (at + 6 > this.end || bytes[at + 5]! >= 0x80) return this.int64();
    const b0 = bytes[at]!;
    const b1 = bytes[at + 1]!;
    const b2 = bytes[at + 2]!;
    const b3 = bytes[at + 3]!;
    const b4 = bytes[at + 4]!;
    if ((b0 & b1 & b2 & b3 & b4) < 0x80) return this.int64();
    this.at = at + 6;
    return ((b0 & 0x7f) | ((b1 & 0x7f) << 7) | ((b2 & 0x7f) << 14) | ((b3 & 0x7f) << 21)) + ((b4 & 0x7f) | (bytes[at + 5]! << 7)) * TWO_28;
  }

  /** A double; ask `staleAhead` before, where a stale marker has a meaning. */
  double(): number {
    const at = this.at;
    if (at + 8 > this.end) throw this.malformed('a double is cut off');
    this.at = at + 8;
    return this.view.getFloat64(at, true);
  }

  /** Whether the double that comes next is a stale marker. */
  staleAhead(): boolean {
    const at = this.at;
    return at + 8 <= this.end && this.view.getInt32(at + 4, true) === STALE_HIGH && this.view.getInt32(at, true) === STALE_LOW;
  }

  /** Reads the length before a field's bytes, and checks that so many follow. */
  length(): number {
    const length = this.uint32();
    if (length > this.end - this.at) throw this.malformed(`a field of ${length} bytes is cut off`);
    return length;
  }

  /** Narrows the reader to the message whose length comes next; gives what `leave` needs. */
  enter(): number {
    const length = this.length();
    const outerEnd = this.end;
    this.end = this.at + length;
    return outerEnd;
  }

  leave(outerEnd: number): void {
    this.end = outerEnd;
  }

  /** Goes past a field that the caller does not know. `known`: bit n stands for field n, which then has come with a wire type that it cannot have. */
  skip(tag: number, known: number): void {
    const field = tag >>> 3;
    if (field === 0) throw this.malformed('the field number is 0');
    if (field < 32 && ((known >>> field) & 1) === 1) throw this.malformed(`field ${field} has wire type ${tag & 7}`);
    switch (tag & 7) {
      case 0:
        this.uint32();
        return;
      case 1:
        this.#jump(8);
        return;
      case 2:
        this.#jump(this.length());
        return;
      case 5:
        this.#jump(4);
        return;
      default:
        throw this.malformed(`field ${field} has wire type ${tag & 7}, which is not supported`);
    }
  }

  malformed(what: string): RemoteWriteError {
    return new RemoteWriteError('malformed', this.at, `The message is not valid protobuf: ${what} (at byte ${this.at} of the decompressed body).`);
  }

  #jump(bytes: number): void {
    if (bytes > this.end - this.at) throw this.malformed('a field is cut off');
    this.at += bytes;
  }
}
