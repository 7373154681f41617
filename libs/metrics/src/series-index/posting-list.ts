import { lowerBound } from './sorted-ids.js';
import type { SortedIds } from './sorted-ids.js';

/**
 * The series that have one label. A million labels have one series only (a pod's name), so a single id is kept as a number: a typed array takes two hundred
 * bytes however short it is.
 */
export class PostingList {
  #only: number;
  #ids: Uint32Array | null = null;
  #count = 1;

  constructor(first: number) {
    this.#only = first;
  }

  get count(): number {
    return this.#count;
  }

  /** Holds until the next change. */
  ids(): SortedIds {
    return this.#ids === null ? Uint32Array.of(this.#only) : this.#ids.subarray(0, this.#count);
  }

  /** Ids mostly come ascending, which costs nothing but a place at the end. */
  add(id: number): void {
    const ids = (this.#ids ??= Uint32Array.of(this.#only, 0, 0, 0));
    const at = ids[this.#count - 1]! < id ? this.#count : lowerBound(ids, id, 0, this.#count);
    if (at < this.#count && ids[at] === id) return;
    const roomy = this.#count < ids.length ? ids : doubled(ids);
    roomy.copyWithin(at + 1, at, this.#count);
    roomy[at] = id;
    this.#ids = roomy;
    this.#count += 1;
  }

  /** In one pass, however many go. Whoever empties a list throws it away. */
  remove(gone: ReadonlySet<number>): void {
    const left = this.ids().filter((id) => !gone.has(id));
    this.#count = left.length;
    this.#only = left[0] ?? 0;
    this.#ids = left.length === 1 ? null : left;
  }
}

function doubled(ids: Uint32Array): Uint32Array {
  const larger = new Uint32Array(2 * ids.length);
  larger.set(ids);
  return larger;
}
