interface Entry {
  readonly value: Uint8Array;
  readonly expiresAtMs: number;
}

/** Values with an end. A full store drops the oldest entries first: losing a basket is better than losing the process. */
export class KvStore {
  readonly #entries = new Map<string, Entry>();

  constructor(
    private readonly nowMs: () => number,
    private readonly maxEntries: number,
  ) {}

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Uint8Array | null {
    return this.#live(key)?.value ?? null;
  }

  /** Whole seconds left, rounded up; null for a key that is not there. */
  ttlSec(key: string): number | null {
    const entry = this.#live(key);
    return entry === null ? null : Math.ceil((entry.expiresAtMs - this.nowMs()) / 1_000);
  }

  set(key: string, value: Uint8Array, ttlSec: number): void {
    // Deleting first moves a rewritten key to the young end of the map's insertion order.
    this.#entries.delete(key);
    this.#entries.set(key, { value, expiresAtMs: this.nowMs() + ttlSec * 1_000 });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.maxEntries) break;
      this.#entries.delete(oldest);
    }
  }

  delete(key: string): boolean {
    return this.#live(key) !== null && this.#entries.delete(key);
  }

  /** Frees what nobody asks for any more. */
  sweep(): void {
    for (const key of this.#entries.keys()) this.#live(key);
  }

  #live(key: string): Entry | null {
    const entry = this.#entries.get(key);
    if (entry === undefined) return null;
    if (entry.expiresAtMs > this.nowMs()) return entry;
    this.#entries.delete(key);
    return null;
  }
}
