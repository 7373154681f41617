const KEYS_AT_FIRST = 4_096;
const FREE = -1;

/** A series as blocks need it. */
export interface SlotSeries {
  readonly id: number;
  readonly metricId: number;
}

/**
 * Small numbers for the series that are being written, and the way from a sender's 64-bit key to them:
 *
 *     key (two 32-bit halves) -> slot -> id of the series, its metric
 *
 * Open addressing in typed arrays: this is looked up once for every series of every request.
 */
export class SeriesSlots {
  #low = new Int32Array(KEYS_AT_FIRST);
  #high = new Int32Array(KEYS_AT_FIRST);
  #slots = new Int32Array(KEYS_AT_FIRST).fill(FREE);
  #keys = 0;
  readonly #slotOfId = new Map<number, number>();
  readonly #series: (SlotSeries | null)[] = [];
  readonly #freed: number[] = [];

  /** Series that are being written. */
  get size(): number {
    return this.#slotOfId.size;
  }

  /** Keys that lead to them: one series may be spelt in several ways. */
  get keys(): number {
    return this.#keys;
  }

  /** -1 for a key that has not been joined to a series. */
  find(low: number, high: number): number {
    return this.#slots[this.#place(low, high)]!;
  }

  ofId(id: number): number | undefined {
    return this.#slotOfId.get(id);
  }

  seriesAt(slot: number): SlotSeries {
    return this.#series[slot]!;
  }

  /** The slot of the series, a new one if it has none. */
  admit(series: SlotSeries): number {
    const known = this.#slotOfId.get(series.id);
    if (known !== undefined) return known;
    const slot = this.#freed.pop() ?? this.#series.length;
    this.#series[slot] = { id: series.id, metricId: series.metricId };
    this.#slotOfId.set(series.id, slot);
    return slot;
  }

  join(low: number, high: number, slot: number): void {
    if (2 * this.#keys >= this.#slots.length) this.#rebuild(2 * this.#slots.length);
    const place = this.#place(low, high);
    if (this.#slots[place] === FREE) this.#keys += 1;
    this.#low[place] = low;
    this.#high[place] = high;
    this.#slots[place] = slot;
  }

  /** Forgets the series that are not wanted, with their keys; their slots are given to others. */
  sweep(isWanted: (slot: number) => boolean): void {
    this.#series.forEach((series, slot) => {
      if (series === null || isWanted(slot)) return;
      this.#series[slot] = null;
      this.#slotOfId.delete(series.id);
      this.#freed.push(slot);
    });
    this.#rebuild(this.#slots.length);
  }

  /** All of them; the series stay. */
  forgetKeys(): void {
    this.#allocate(KEYS_AT_FIRST);
    this.#keys = 0;
  }

  #rebuild(length: number): void {
    const [low, high, slots] = [this.#low, this.#high, this.#slots];
    this.#allocate(length);
    this.#keys = 0;
    for (let i = 0; i < slots.length; i += 1) if (slots[i] !== FREE && this.#series[slots[i]!] !== null) this.join(low[i]!, high[i]!, slots[i]!);
  }

  #allocate(length: number): void {
    this.#low = new Int32Array(length);
    this.#high = new Int32Array(length);
    this.#slots = new Int32Array(length).fill(FREE);
  }

  /** Where the key is, or the free place where it belongs. */
  #place(low: number, high: number): number {
    const mask = this.#slots.length - 1;
    let place = (low ^ Math.imul(high, 0x9e3779b1)) & mask;
    while (this.#slots[place] !== FREE && (this.#low[place] !== low || this.#high[place] !== high)) place = (place + 1) & mask;
    return place;
  }
}
