import type { Histogram } from '../histogram/histogram.js';

const FIRST_CAPACITY = 1_024;
const FIRST_TABLE_BITS = 12;
// 2^32 divided by the golden ratio: consecutive ids, which are the usual ones, land far apart.
const HASH_FACTOR = 0x9e37_79b1;

/**
 * What writer and reader of a journal both know of each series: the last of everything. Series are numbered in the order of their first sample, so that a number
 * is a place in dense columns. Fields are public, because the loops over samples read and write them without a call.
 */
export class JournalSeries {
  count = 0;
  ids = new Uint32Array(FIRST_CAPACITY);
  values = new Float64Array(FIRST_CAPACITY);
  startsMs = new Float64Array(FIRST_CAPACITY);
  /** The series whose sample came next after the last one of this; -1 for none. */
  successors = new Int32Array(FIRST_CAPACITY).fill(-1);
  /** The writer's guess at how many decimals the values have. */
  decimals = new Int8Array(FIRST_CAPACITY);
  readonly histograms = new Map<number, Histogram>();

  // Open addressing, at most half full; places hold the series' number plus one.
  #table = new Int32Array(1 << FIRST_TABLE_BITS);
  #shift = 32 - FIRST_TABLE_BITS;

  /** The number of the series, a new one at its first sample. */
  numberOf(id: number): number {
    const table = this.#table;
    const mask = table.length - 1;
    let place = Math.imul(id, HASH_FACTOR) >>> this.#shift;
    for (;;) {
      const found = table[place]!;
      if (found === 0) return this.#add(id, place);
      if (this.ids[found - 1] === id) return found - 1;
      place = (place + 1) & mask;
    }
  }

  #add(id: number, place: number): number {
    if (this.count === this.ids.length) this.#growColumns();
    const number = this.count++;
    this.ids[number] = id;
    this.#table[place] = number + 1;
    if (2 * this.count > this.#table.length) this.#growTable();
    return number;
  }

  #growTable(): void {
    const table = new Int32Array(2 * this.#table.length);
    this.#shift -= 1;
    for (let number = 0; number < this.count; number++) {
      let place = Math.imul(this.ids[number]!, HASH_FACTOR) >>> this.#shift;
      while (table[place] !== 0) place = (place + 1) & (table.length - 1);
      table[place] = number + 1;
    }
    this.#table = table;
  }

  #growColumns(): void {
    const capacity = 2 * this.ids.length;
    this.ids = grown(this.ids, new Uint32Array(capacity));
    this.values = grown(this.values, new Float64Array(capacity));
    this.startsMs = grown(this.startsMs, new Float64Array(capacity));
    this.successors = grown(this.successors, new Int32Array(capacity).fill(-1));
    this.decimals = grown(this.decimals, new Int8Array(capacity));
  }
}

function grown<Column extends { set(from: Column): void }>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
