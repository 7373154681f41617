import type { ReadBlock } from './read-block.js';

/** Blocks that were used last, up to so many bytes, with what was decoded of them. Blocks never change, so one that is found here is right. */
export class BlockCache {
  // In the order of the last use.
  readonly #blocks = new Map<string, { readonly block: ReadBlock; bytes: number }>();
  #bytes = 0;

  constructor(private readonly maxBytes: number) {}

  get bytes(): number {
    return this.#bytes;
  }

  get(key: string): ReadBlock | undefined {
    const found = this.#blocks.get(key);
    if (found === undefined) return undefined;
    this.#blocks.delete(key);
    this.#blocks.set(key, found);
    return found.block;
  }

  put(key: string, block: ReadBlock): void {
    if (block.bytes > this.maxBytes || this.#blocks.has(key)) return;
    this.#blocks.set(key, { block, bytes: 0 });
    this.weigh(key);
  }

  /** Takes into account what was decoded of the block since it was put here or weighed. */
  weigh(key: string): void {
    const entry = this.#blocks.get(key);
    if (entry === undefined) return;
    this.#bytes += entry.block.bytes - entry.bytes;
    entry.bytes = entry.block.bytes;
    for (const [oldest, { bytes }] of this.#blocks) {
      if (this.#bytes <= this.maxBytes) return;
      this.#blocks.delete(oldest);
      this.#bytes -= bytes;
    }
  }
}
