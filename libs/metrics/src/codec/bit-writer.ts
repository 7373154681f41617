import type { ByteWriter } from './byte-writer.js';

/** The widest number that is put at once: with up to seven bits that wait for their byte, it still fits into a word. */
export const MAX_PUT_BITS = 24;
const TWO_32 = 2 ** 32;

/** Bits behind the bytes of a ByteWriter, the highest of each number first. Who uses it makes room there, and calls `end` before anything else is written. */
export class BitWriter {
  readonly #writer: ByteWriter;
  // The `#waiting` lowest bits of this are not written yet; those above them are.
  #word = 0;
  #waiting = 0;

  constructor(writer: ByteWriter) {
    this.#writer = writer;
  }

  /** The `width` lowest bits of the value, which has no others; at most MAX_PUT_BITS. */
  put(value: number, width: number): void {
    const writer = this.#writer;
    const { bytes } = writer;
    const word = (this.#word << width) | value;
    let waiting = this.#waiting + width;
    let at = writer.at;
    while (waiting >= 8) {
      waiting -= 8;
      bytes[at++] = word >>> waiting;
    }
    writer.at = at;
    this.#word = word;
    this.#waiting = waiting;
  }

  /** The lowest `width` bits of a number that may have others, up to 54. */
  putWide(value: number, width: number): void {
    if (width > 32) {
      const high = Math.floor(value / TWO_32);
      this.putWord(high & (2 ** (width - 32) - 1), width - 32);
      this.putWord(value | 0, 32);
    } else this.putWord(width === 32 ? value | 0 : (value | 0) & (2 ** width - 1), width);
  }

  /** The `width` lowest bits of a word, which has no others; at most 32. */
  putWord(word: number, width: number): void {
    if (width <= MAX_PUT_BITS) this.put(word, width);
    else {
      this.put(word >>> 16, width - 16);
      this.put(word & 0xffff, 16);
    }
  }

  /** The rest of the last byte stays empty. */
  end(): void {
    if (this.#waiting > 0) this.put(0, 8 - this.#waiting);
  }
}
