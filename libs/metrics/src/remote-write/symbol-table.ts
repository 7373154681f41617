import type { ByteHash } from '../labels/byte-hash.js';
import type { ProtoReader } from './proto-reader.js';
import { utf8Text } from './utf8-text.js';
import { requireWithin } from './write-limits.js';

const FIRST_CAPACITY = 4_096;
const KEPT_CAPACITY = 131_072;

/** The texts of a 2.0 request: each is hashed once, however many series refer to it, and decoded only when someone asks. */
export class SymbolTable {
  count = 0;
  low = new Int32Array(FIRST_CAPACITY);
  high = new Int32Array(FIRST_CAPACITY);
  #from = new Uint32Array(FIRST_CAPACITY);
  #to = new Uint32Array(FIRST_CAPACITY);
  #texts: (string | null | undefined)[] = [];
  #bytes: Uint8Array = new Uint8Array(0);

  clear(bytes: Uint8Array): void {
    this.count = 0;
    this.#texts = [];
    this.#bytes = bytes;
    if (this.low.length > KEPT_CAPACITY) this.#resize(FIRST_CAPACITY);
  }

  /** Reads the symbol whose length comes next. */
  add(reader: ProtoReader, hash: ByteHash): void {
    const at = this.count;
    if (at === this.low.length) {
      requireWithin('symbols', at + 1, reader.at);
      this.#resize(2 * at);
    }
    const length = reader.length();
    const from = reader.at;
    reader.at += length;
    hash.start();
    hash.bytes(reader.view, from, reader.at);
    hash.end();
    this.low[at] = hash.low;
    this.high[at] = hash.high;
    this.#from[at] = from;
    this.#to[at] = reader.at;
    this.count = at + 1;
  }

  /** Null when it is not UTF-8. `reference` must be below `count`. */
  text(reference: number): string | null {
    const known = this.#texts[reference];
    if (known !== undefined) return known;
    const text = utf8Text(this.#bytes, this.#from[reference]!, this.#to[reference]!);
    this.#texts[reference] = text;
    return text;
  }

  #resize(capacity: number): void {
    const resized = (from: Int32Array): Int32Array<ArrayBuffer> => {
      const to = new Int32Array(capacity);
      to.set(from.subarray(0, capacity));
      return to;
    };
    this.low = resized(this.low);
    this.high = resized(this.high);
    this.#from = new Uint32Array(resized(new Int32Array(this.#from.buffer)).buffer);
    this.#to = new Uint32Array(resized(new Int32Array(this.#to.buffer)).buffer);
  }
}
