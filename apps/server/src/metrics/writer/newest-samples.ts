const SLOTS_AT_FIRST = 1_024;

/** The newest sample of each slot: what the next one is held against. Minus infinity for a time when there is none. */
export class NewestSamples {
  timesMs = new Float64Array(SLOTS_AT_FIRST).fill(Number.NEGATIVE_INFINITY);
  values = new Float64Array(SLOTS_AT_FIRST);
  kinds = new Uint8Array(SLOTS_AT_FIRST);

  /** Before a slot is used for the first time, and when it is given to another series. */
  clear(slot: number): void {
    while (slot >= this.timesMs.length) this.#grow();
    this.timesMs[slot] = Number.NEGATIVE_INFINITY;
  }

  set(slot: number, timeMs: number, value: number, kind: number): void {
    this.timesMs[slot] = timeMs;
    this.values[slot] = value;
    this.kinds[slot] = kind;
  }

  #grow(): void {
    const { timesMs, values, kinds } = this;
    this.timesMs = new Float64Array(2 * timesMs.length).fill(Number.NEGATIVE_INFINITY);
    this.values = new Float64Array(2 * values.length);
    this.kinds = new Uint8Array(2 * kinds.length);
    this.timesMs.set(timesMs);
    this.values.set(values);
    this.kinds.set(kinds);
  }
}
