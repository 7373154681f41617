const FIRST_CAPACITY = 4_096;
const TWO_31 = 2 ** 31;

/**
 * Bytes that grow as they are written, and are kept for the next use. Fields are public for loops that write by themselves: those call `reserve` first.
 * No method checks its number: they are whole, and of at most 53 bits, by the caller's doing.
 */
export class ByteWriter {
  bytes = new Uint8Array(FIRST_CAPACITY);
  at = 0;

  /** Makes room for so many more bytes. */
  reserve(count: number): void {
    if (this.at + count > this.bytes.length) {
      const larger = new Uint8Array(Math.max(2 * this.bytes.length, this.at + count));
      larger.set(this.bytes.subarray(0, this.at));
      this.bytes = larger;
    }
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.at++] = value;
  }

  uint32(value: number): void {
    this.reserve(4);
    for (let shift = 0; shift < 32; shift += 8) this.bytes[this.at++] = value >>> shift;
  }

  /** Seven bits a byte, lowest first, the top bit set where more follow. */
  varint(value: number): void {
    this.reserve(8);
    let rest = value;
    for (; rest >= TWO_31; rest = Math.floor(rest / 128)) this.bytes[this.at++] = (rest % 128) | 0x80;
    for (; rest >= 0x80; rest >>>= 7) this.bytes[this.at++] = rest | 0x80;
    this.bytes[this.at++] = rest;
  }

  /** As `varint`, but the lowest bit is the sign. That is not zigzag, where 2^53 would need a bit more than a number has. */
  signed(value: number): void {
    const magnitude = Math.abs(value);
    const first = (value < 0 ? 1 : 0) + 2 * (magnitude % 64);
    if (magnitude < 64) this.byte(first);
    else {
      this.byte(first | 0x80);
      this.varint(Math.floor(magnitude / 64));
    }
  }

  append(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }

  /** A copy of what was written. */
  taken(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.at);
  }
}
