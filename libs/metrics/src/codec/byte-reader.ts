import { malformed } from './codec-error.js';

const MAX_VARINT_BYTES = 8;

/** Reads what ByteWriter wrote, from the bytes in [at, end). Everything throws CodecError rather than read beyond the end. */
export class ByteReader {
  readonly bytes: Uint8Array;
  at: number;
  end: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  byte(): number {
    if (this.at >= this.end) throw malformed('they end too early');
    return this.bytes[this.at++]!;
  }

  uint32(): number {
    this.require(4);
    const { bytes, at } = this;
    this.at = at + 4;
    return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
  }

  varint(): number {
    const first = this.byte();
    if (first < 0x80) return first;
    return this.#rest(first & 0x7f, 128);
  }

  signed(): number {
    const first = this.byte();
    const low = (first & 0x7f) >>> 1;
    const magnitude = first < 0x80 ? low : low + 64 * this.varint();
    if (magnitude > Number.MAX_SAFE_INTEGER) throw malformed('a number has more than 53 bits');
    return (first & 1) === 1 ? -magnitude : magnitude;
  }

  require(count: number): void {
    if (count > this.end - this.at) throw malformed('they end too early');
  }

  /** The next bytes, not copied. */
  take(count: number): Uint8Array {
    this.require(count);
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  requireEnd(): void {
    if (this.at !== this.end) throw malformed(`${this.end - this.at} bytes are left over`);
  }

  #rest(low: number, firstScale: number): number {
    let value = low;
    let scale = firstScale;
    for (let i = 1; i < MAX_VARINT_BYTES; i++) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        if (value > Number.MAX_SAFE_INTEGER) break;
        return value;
      }
      scale *= 128;
    }
    throw malformed('a number has more than 53 bits');
  }
}
