const UTF8 = new TextEncoder();
const BYTE_SPAN = 0x100;
const VARINT_CONTINUES = 0x80;
// Below this, shifts and masks are exact; above, JavaScript's 32-bit operators would cut the number.
const BITWISE_LIMIT = 0x8000_0000;

/** Little-endian bytes in a buffer that doubles when full. Throws RangeError for a number that its field cannot hold: that is a bug of the caller. */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView<ArrayBuffer>;
  #length = 0;

  constructor(expectedBytes = 64) {
    this.#bytes = new Uint8Array(expectedBytes);
    this.#view = new DataView(this.#bytes.buffer);
  }

  u8(value: number): void {
    requireRange(value, BYTE_SPAN - 1);
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  u16(value: number): void {
    requireRange(value, 0xffff);
    this.#reserve(2);
    this.#view.setUint16(this.#length, value, true);
    this.#length += 2;
  }

  u32(value: number): void {
    requireRange(value, 0xffff_ffff);
    this.#reserve(4);
    this.#view.setUint32(this.#length, value, true);
    this.#length += 4;
  }

  f64(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  /** Seven bits a byte, lowest first, the top bit set on all but the last: 1 byte below 128, 8 bytes at 2^53 - 1. */
  varint(value: number): void {
    requireRange(value, Number.MAX_SAFE_INTEGER);
    this.#reserve(8);
    let rest = value;
    while (rest >= BITWISE_LIMIT) {
      this.#bytes[this.#length++] = (rest % VARINT_CONTINUES) + VARINT_CONTINUES;
      rest = Math.floor(rest / VARINT_CONTINUES);
    }
    while (rest >= VARINT_CONTINUES) {
      this.#bytes[this.#length++] = (rest & 0x7f) | VARINT_CONTINUES;
      rest >>>= 7;
    }
    this.#bytes[this.#length++] = rest;
  }

  /** A varint of 0, -1, 1, -2, 2 ... as 0, 1, 2, 3, 4 ...: small either way. */
  zigzag(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /** UTF-8 behind its length in bytes. */
  text(value: string): void {
    const encoded = UTF8.encode(value);
    this.varint(encoded.length);
    this.#append(encoded);
  }

  /** UTF-8 without a length: only as the last thing in a frame. */
  textToEnd(value: string): void {
    this.#append(UTF8.encode(value));
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + count));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

function requireRange(value: number, max: number): void {
  if (!Number.isSafeInteger(value) || value < 0 || value > max) throw new RangeError(`${value} is not a whole number from 0 to ${max}, so it cannot be encoded.`);
}
