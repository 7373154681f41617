import type { SegmentReader } from '#metrics';

/** A block that was read: its directory, decoded, and its data, encoded as it is stored. */
export interface ReadBlock {
  readonly reader: SegmentReader;
  readonly data: Uint8Array;
}

/** Blocks that were used last, up to so many bytes. Blocks never change, so one that is found here is right. */
export class BlockCache {
  readonly #blocks = new Map<string, { readonly block: ReadBlock; readonly bytes: number }>();
  #bytes = 0;

  constructor(private readonly maxBytes: number) {}

  get bytes(): number {
    return this.#bytes;
  }

  get(key: string): ReadBlock | undefined {
    const found = this.#blocks.get(key);
    if (found === undefined) return undefined;
    // The map's order is that of the last use.
    this.#blocks.delete(key);
    this.#blocks.set(key, found);
    return found.block;
  }

  put(key: string, block: ReadBlock): void {
    const bytes = block.data.length + block.reader.memoryBytes;
    if (bytes > this.maxBytes || this.#blocks.has(key)) return;
    this.#blocks.set(key, { block, bytes });
    this.#bytes += bytes;
    for (const [oldest, entry] of this.#blocks) {
      if (this.#bytes <= this.maxBytes) return;
      this.#blocks.delete(oldest);
      this.#bytes -= entry.bytes;
    }
  }
}
