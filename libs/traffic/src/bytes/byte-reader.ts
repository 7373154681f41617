const VARINT_CONTINUES = 0x80;
// 2^53 needs 53 bits: eight groups of seven.
const MAX_VARINT_BYTES = 8;

/**
 * Reads what ByteWriter wrote. Every length is checked against the bytes that are left before anything is allocated, so hostile input costs no more than
 * its own size; `fail` makes the error to throw.
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #fail: (problem: string) => Error;
  #at = 0;

  constructor(bytes: Uint8Array, fail: (problem: string) => Error) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#fail = fail;
  }

  get remaining(): number {
    return this.#bytes.length - this.#at;
  }

  u8(what: string): number {
    return this.#view.getUint8(this.#take(1, what));
  }

  u16(what: string): number {
    return this.#view.getUint16(this.#take(2, what), true);
  }

  u32(what: string): number {
    return this.#view.getUint32(this.#take(4, what), true);
  }

  /** Refuses NaN and infinities: no field of ours means them. */
  f64(what: string): number {
    const value = this.#view.getFloat64(this.#take(8, what), true);
    if (!Number.isFinite(value)) this.refuse(`${what} is ${value}`);
    return value;
  }

  varint(what: string): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < MAX_VARINT_BYTES; i++) {
      const byte = this.u8(what);
      value += (byte & 0x7f) * scale;
      scale *= VARINT_CONTINUES;
      if (byte >= VARINT_CONTINUES) continue;
      // One number, one spelling: a padded varint is a sign of a broken or foreign writer.
      if (byte === 0 && i > 0) this.refuse(`${what} is a padded varint`);
      if (value > Number.MAX_SAFE_INTEGER) break;
      return value;
    }
    return this.refuse(`${what} is a varint above 2^53 - 1`);
  }

  zigzag(what: string): number {
    const coded = this.varint(what);
    return coded % 2 === 0 ? coded / 2 : -(coded + 1) / 2;
  }

  /** A number of items that take at least `minBytesEach` bytes; refused when so many cannot follow. */
  count(what: string, minBytesEach: number): number {
    const count = this.varint(what);
    if (count * minBytesEach > this.remaining) this.refuse(`${what} is ${count}, but only ${this.remaining} bytes follow`);
    return count;
  }

  text(what: string): string {
    const length = this.count(`length of ${what}`, 1);
    return this.#utf8(length, what);
  }

  textToEnd(what: string): string {
    return this.#utf8(this.remaining, what);
  }

  end(): void {
    if (this.remaining > 0) this.refuse(`${this.remaining} bytes follow after the end`);
  }

  refuse(problem: string): never {
    throw this.#fail(`${problem} (at byte ${this.#at})`);
  }

  #utf8(length: number, what: string): string {
    const at = this.#take(length, what);
    try {
      // Without ignoreBOM a leading U+FEFF would vanish from the text.
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.#bytes.subarray(at, at + length));
    } catch (cause) {
      if (cause instanceof TypeError) return this.refuse(`${what} is not UTF-8`);
      throw cause;
    }
  }

  #take(count: number, what: string): number {
    if (count > this.remaining) this.refuse(`${what} is cut off`);
    const at = this.#at;
    this.#at += count;
    return at;
  }
}
