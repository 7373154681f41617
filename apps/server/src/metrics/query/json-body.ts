import { QueryError } from '#promql';

const FIRST_BYTES = 4_096;
// Beyond it no client gets far, and the copy that goes to the socket must fit as well.
const MAX_BYTES = 536_870_912;
// About what takes 2 ms to write.
const BYTES_PER_TURN = 500_000;
// UTF-8 takes at most three bytes for a character of UTF-16.
const MOST_BYTES_OF_A_CHARACTER = 3;

/** A growing text in UTF-8. */
export class JsonBody {
  #bytes = Buffer.from(new ArrayBuffer(FIRST_BYTES));
  #length = 0;

  /** `nextTurn` lets others work during long writing, and throws when the question has been ended. */
  constructor(
    private readonly nextTurn: () => Promise<void>,
    private readonly maxBytes = MAX_BYTES,
  ) {}

  /** Throws QueryError when the body becomes too long. */
  write(text: string): void {
    this.#reserve(text.length * MOST_BYTES_OF_A_CHARACTER);
    this.#length += this.#bytes.write(text, this.#length, 'utf8');
  }

  /** The same of a text that is known to be ASCII, in less time. */
  writeAscii(text: string): void {
    this.#reserve(text.length);
    this.#length += this.#bytes.write(text, this.#length, 'latin1');
  }

  /** Lets `write` write one item after another, with commas between. */
  async writeEach<Item>(items: readonly Item[], write: (item: Item) => void): Promise<void> {
    let turnAt = this.#length + BYTES_PER_TURN;
    let isFirst = true;
    for (const item of items) {
      if (!isFirst) this.writeAscii(',');
      isFirst = false;
      write(item);
      if (this.#length < turnAt) continue;
      turnAt = this.#length + BYTES_PER_TURN;
      await this.nextTurn();
    }
  }

  /** The body is the first `length` bytes. It is not to be written to any more. */
  finish(): { readonly buffer: ArrayBuffer; readonly length: number } {
    return { buffer: this.#bytes.buffer, length: this.#length };
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#bytes.length) return;
    if (needed > this.maxBytes) throw new QueryError('execution', `the answer would have more than ${this.maxBytes} bytes: ask for fewer series or a greater step`);
    const grown = Buffer.from(new ArrayBuffer(Math.min(this.maxBytes, Math.max(needed, this.#bytes.length * 2))));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}
