import { SegmentReader } from '#metrics';
import type { BlockKey, BlockQuery, BlocksStore } from '../../storage/metrics/blocks.store.js';
import { BlockCache } from './block-cache.js';
import { BlockListings } from './block-listings.js';
import { ReadBlock } from './read-block.js';

// A database takes a few milliseconds to send so many; a query over weeks must not hold all of its blocks at one time.
const FETCH_BYTES = 16 * 1_048_576;

/** A merge replaced blocks between their listing and their reading. */
class BlocksReplaced extends Error {}

/** Reads blocks from the database, or from the memory of those that were read lately. */
export class BlockReader {
  readonly #cache: BlockCache;
  readonly #listings = new BlockListings();

  constructor(
    private readonly store: Pick<BlocksStore, 'list' | 'fetch'>,
    cacheBytes: number,
  ) {
    this.#cache = new BlockCache(cacheBytes);
  }

  /**
   * Hands all blocks of the query to `take`, those written first first. `state` names that of all blocks, null where it is not known. Calls `begin` before, and again when it has to begin anew because blocks were replaced meanwhile.
   * Rejects with the signal's reason when that is aborted.
   */
  async read({ state, ...query }: BlockQuery & { readonly state: string | null }, signal: AbortSignal, { begin, take }: { readonly begin: () => void; readonly take: (block: ReadBlock) => void }): Promise<void> {
    for (;;) {
      begin();
      try {
        for (const keys of batches(await this.#list(state, query))) {
          for (const [name, block] of await this.#blocksOf(query, keys, signal)) {
            take(block);
            this.#cache.weigh(name);
          }
        }
        return;
      } catch (error) {
        if (!(error instanceof BlocksReplaced)) throw error;
        this.#listings.clear();
      }
    }
  }

  async #list(state: string | null, query: BlockQuery): Promise<readonly BlockKey[]> {
    const known = this.#listings.get(state, query);
    if (known !== undefined) return known;
    const keys = await this.store.list(query);
    this.#listings.put(state, query, keys);
    return keys;
  }

  async #blocksOf(query: BlockQuery, keys: readonly BlockKey[], signal: AbortSignal): Promise<(readonly [name: string, block: ReadBlock])[]> {
    const found = new Map(keys.map((key) => [nameOf(key), this.#cache.get(nameOf(key))]));
    const missing = keys.filter((key) => found.get(nameOf(key)) === undefined);
    const fetched = missing.length === 0 ? [] : await this.store.fetch(query, missing);
    signal.throwIfAborted();
    if (fetched.length < missing.length) throw new BlocksReplaced();
    for (const { directory, data, ...key } of fetched) {
      const block = new ReadBlock(new SegmentReader(directory), data);
      found.set(nameOf(key), block);
      this.#cache.put(nameOf(key), block);
    }
    return [...found].flatMap(([name, block]) => (block === undefined ? [] : [[name, block] as const]));
  }
}

function nameOf({ written, place }: { readonly written: number; readonly place: number }): string {
  return `${written}/${place}`;
}

function batches(keys: readonly BlockKey[]): BlockKey[][] {
  const all: BlockKey[][] = [];
  let room = 0;
  for (const key of keys) {
    if (key.bytes > room || all.length === 0) {
      all.push([]);
      room = FETCH_BYTES;
    }
    all.at(-1)!.push(key);
    room -= key.bytes;
  }
  return all;
}
