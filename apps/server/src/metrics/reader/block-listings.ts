import type { BlockKey, BlockQuery } from '../../storage/metrics/blocks.store.js';

// A few thousand blocks are a month of a large metric; beyond these bounds the database is asked again.
const MAX_QUERIES = 512;
const MAX_KEYS = 200_000;

/** Which blocks queries found lately, as long as no block has come or gone. */
export class BlockListings {
  readonly #byQuery = new Map<string, readonly BlockKey[]>();
  #state: string | null = null;
  #keys = 0;

  /** `state` names that of all blocks, null where it is not known. */
  get(state: string | null, query: BlockQuery): readonly BlockKey[] | undefined {
    return state !== null && state === this.#state ? this.#byQuery.get(JSON.stringify(query)) : undefined;
  }

  /** `keys` may be of a later state than `state`, never of an earlier one. */
  put(state: string | null, query: BlockQuery, keys: readonly BlockKey[]): void {
    if (state !== this.#state || this.#byQuery.size >= MAX_QUERIES || this.#keys + keys.length > MAX_KEYS) this.clear();
    this.#state = state;
    this.#byQuery.set(JSON.stringify(query), keys);
    this.#keys += keys.length;
  }

  clear(): void {
    this.#byQuery.clear();
    this.#keys = 0;
  }
}
