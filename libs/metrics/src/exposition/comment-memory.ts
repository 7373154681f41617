import type { ByteHash } from '../labels/byte-hash.js';
import type { BodyCursor } from './body-cursor.js';
import type { ToldOfFamily } from './told-families.js';

// Bounds what hostile bodies can fill; the comments of a hundred different programs fit in.
const MAX_KNOWN_BYTES = 4 << 20;
const FIRST_BYTES = 16 << 10;
const MAX_LINES = 100_000;
// Longer ones are too rare to be worth the room.
const MAX_LINE_BYTES = 4096;

interface KnownLine {
  /** Its bytes among those of all. */
  readonly at: number;
  readonly length: number;
  /** Null where the line says nothing. */
  readonly told: ToldOfFamily | null;
  /** The line that came behind it the last time. */
  next: KnownLine | null;
}

const beforeAll = (): KnownLine => ({ at: 0, length: 0, told: null, next: null });

/**
 * Remembers comment lines with what they say. Half of many bodies is comments, always the same ones, so this is what makes reading them again cheap: most lines are
 * told by one comparison with the line that followed the last time, and where programs differ, by a hash.
 */
export class CommentMemory {
  readonly #hash: ByteHash;
  readonly #lines = new Map<number, KnownLine>();
  #bytes = new Uint8Array(FIRST_BYTES);
  #view = new DataView(this.#bytes.buffer);
  #usedBytes = 0;
  #first = beforeAll();
  #last = this.#first;

  constructor(hash: ByteHash) {
    this.#hash = hash;
  }

  /** Remembers no more then, until it forgets all. */
  get isFull(): boolean {
    return this.#usedBytes > MAX_KNOWN_BYTES || this.#lines.size >= MAX_LINES;
  }

  start(): void {
    this.#last = this.#first;
  }

  forget(): void {
    this.#lines.clear();
    this.#usedBytes = 0;
    this.#first = beforeAll();
    this.#last = this.#first;
  }

  /** What the line at the cursor says, going behind it; undefined where it has not been remembered. */
  recall(cursor: BodyCursor): ToldOfFamily | null | undefined {
    let line = this.#last.next;
    if (line === null || !this.#standsAt(cursor, line)) {
      line = this.#lines.get(this.#key(cursor, cursor.at, cursor.lineEnd(cursor.at) + 1)) ?? null;
      if (line === null || !this.#standsAt(cursor, line)) return undefined;
      this.#last.next = line;
    }
    this.#last = line;
    cursor.at += line.length;
    return line.told;
  }

  /** The line that begins at `from` and ends at the cursor. */
  remember(cursor: BodyCursor, from: number, told: ToldOfFamily | null): void {
    const length = cursor.at - from;
    if (length > MAX_LINE_BYTES || this.isFull) return;
    if (this.#usedBytes + length > this.#bytes.length) this.#grow(this.#usedBytes + length);
    const line: KnownLine = { at: this.#usedBytes, length, told, next: null };
    this.#bytes.set(cursor.bytes.subarray(from, cursor.at), line.at);
    this.#usedBytes += length;
    this.#lines.set(this.#key(cursor, from, cursor.at), line);
    this.#last.next = line;
    this.#last = line;
  }

  #grow(least: number): void {
    const bytes = new Uint8Array(Math.max(least, 2 * this.#bytes.length));
    bytes.set(this.#bytes);
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }

  #standsAt({ view, at, end }: BodyCursor, line: KnownLine): boolean {
    const own = this.#view;
    const stop = line.at + line.length;
    if (line.length > end - at) return false;
    // From a place among the remembered bytes to that in the body.
    const shift = at - line.at;
    let i = line.at;
    for (; i + 8 <= stop; i += 8) {
      if (own.getInt32(i, true) !== view.getInt32(i + shift, true) || own.getInt32(i + 4, true) !== view.getInt32(i + 4 + shift, true)) return false;
    }
    for (; i + 4 <= stop; i += 4) if (own.getInt32(i, true) !== view.getInt32(i + shift, true)) return false;
    for (; i < stop; i++) if (own.getUint8(i) !== view.getUint8(i + shift)) return false;
    return true;
  }

  /** Keys that meet by chance replace one another: what is found is compared. */
  #key(cursor: BodyCursor, from: number, to: number): number {
    const hash = this.#hash;
    hash.start();
    hash.bytes(cursor.view, from, to);
    hash.end();
    return hash.low;
  }
}
