const CELLS = 4;
const EPOCH = 0;
const HEAD_FROM_MS = 1;
const BLOCK_CHANGES = 2;
const LEASED_UNTIL_MS = 3;
const UNKNOWN = -(2n ** 63n);
const NS_A_MS = 1_000_000n;

/**
 * What the thread that writes lets those that read know at any moment, without a word between them: from when on it holds samples that are in no block yet, and which state the blocks are in. Most
 * queries about the past then need not ask it. In memory that the threads share.
 */
export class HeadBoard {
  readonly #cells: BigInt64Array;

  constructor(shared: SharedArrayBuffer) {
    this.#cells = new BigInt64Array(shared);
  }

  static allocate(): SharedArrayBuffer {
    const shared = new SharedArrayBuffer(CELLS * BigInt64Array.BYTES_PER_ELEMENT);
    new BigInt64Array(shared)[HEAD_FROM_MS] = UNKNOWN;
    return shared;
  }

  /**
   * Names the state of all blocks, as long as it is certain that all samples until `toMs` are in them; null otherwise. The head is looked at first: it lets go of what is in blocks only after their state has changed.
   */
  blocksUntil(toMs: number): string | null {
    const headFromMs = this.#load(HEAD_FROM_MS);
    if (headFromMs === UNKNOWN || toMs >= headFromMs || this.#load(LEASED_UNTIL_MS) <= nowMs()) return null;
    return this.blocksState;
  }

  /** Another text after each change of which blocks there are, whatever became of it. */
  get blocksState(): string {
    return `${this.#load(EPOCH)}/${this.#load(BLOCK_CHANGES)}`;
  }

  /** Whether no other server can be writing. */
  get isLeased(): boolean {
    return this.#load(LEASED_UNTIL_MS) > nowMs();
  }

  /** A writer begins; what its head holds is not known until it says so. */
  begin(epoch: number): void {
    this.#store(HEAD_FROM_MS, UNKNOWN);
    this.#store(EPOCH, BigInt(epoch));
  }

  /** `timeMs`: of the oldest sample in the head, infinite when there is none. */
  headFrom(timeMs: number): void {
    this.#store(HEAD_FROM_MS, timeMs === Infinity ? 2n ** 62n : BigInt(Math.floor(timeMs)));
  }

  blocksChanged(): void {
    Atomics.add(this.#cells, BLOCK_CHANGES, 1n);
  }

  /** The lease was granted for `leaseMs` by an answer that was asked for `agoMs` ago. */
  leased(leaseMs: number, agoMs: number): void {
    this.#store(LEASED_UNTIL_MS, nowMs() + BigInt(Math.floor(leaseMs - agoMs)));
  }

  #load(cell: number): bigint {
    return Atomics.load(this.#cells, cell);
  }

  #store(cell: number, value: bigint): void {
    Atomics.store(this.#cells, cell, value);
  }
}

/** Of a clock that all threads of the process share and nobody sets. */
function nowMs(): bigint {
  return process.hrtime.bigint() / NS_A_MS;
}
