import { ByteReader } from './byte-reader.js';

/** Loops over bits look at the end only after each number, and so may read this far beyond it. */
const PADDING = 32;

/** A copy of the bytes with zeros behind them, to be read by bytes and by bits. */
export class BitBytes extends ByteReader {
  readonly view: DataView;

  constructor(source: Uint8Array) {
    const bytes = new Uint8Array(source.length + PADDING);
    bytes.set(source);
    super(bytes, 0, source.length);
    this.view = new DataView(bytes.buffer);
  }

  /** Moves to the first whole byte behind the bits that were read. */
  endBits(position: number): void {
    this.at = (position + 7) >>> 3;
  }
}

/** At most 25 bits, which is what a word holds for certain that begins at any bit. */
export function bitsAt(view: DataView, position: number, width: number): number {
  // In two steps: a shift by 32 is one by 0.
  return ((view.getInt32(position >>> 3) << (position & 7)) >>> 1) >>> (31 - width);
}
