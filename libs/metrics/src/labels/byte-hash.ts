// Odd constants with scattered bits (from MurmurHash3's finalizer); odd, so that multiplying by them loses nothing.
const ONE = 0x85ebca6b | 0;
const OTHER = 0xc2b2ae35 | 0;
// From here on, joining two states at the end is paid for.
const LONG_BYTES = 32;

/**
 * Mixes words into 64 bits held as two 32-bit halves, because JavaScript multiplies 32-bit integers fast and 64-bit ones slowly. Every step is one-to-one on the state
 * and, for a given state, on the two words, so inputs that differ in one step stay apart until chance joins them, about once in 2^64.
 * The seed is no secret key: draw it per process, so that collisions made elsewhere do not hold here.
 */
export class ByteHash {
  low = 0;
  high = 0;
  readonly #seedLow: number;
  readonly #seedHigh: number;

  constructor(seed: { readonly low: number; readonly high: number }) {
    this.#seedLow = seed.low | 0;
    this.#seedHigh = seed.high | 0;
  }

  start(): void {
    this.low = this.#seedLow;
    this.high = this.#seedHigh;
  }

  words(one: number, other: number): void {
    // Two multiplications with a shift between: the first carries a difference only upwards, the second spreads what the shift brought down.
    let a = Math.imul(this.low ^ one, ONE);
    a = Math.imul(a ^ (a >>> 15), OTHER);
    let b = Math.imul(this.high ^ other, OTHER);
    b = Math.imul(b ^ (b >>> 13), ONE);
    this.low = (((a << 15) | (a >>> 17)) + b) | 0;
    this.high = ((b << 13) | (b >>> 19)) ^ this.low;
  }

  /** The bytes of [from, to), with their number: `bytes` of ab is not `bytes` of a and then of b. */
  bytes(view: DataView, from: number, to: number): void {
    let rest = to - from < LONG_BYTES ? from : this.#long(view, from, to);
    for (; rest + 8 <= to; rest += 8) this.words(view.getInt32(rest, true), view.getInt32(rest + 4, true));
    // At most seven bytes are left, so the eighth is free for their number.
    let tailHigh = (to - rest) << 24;
    let tailLow = 0;
    for (let shift = 0; rest < to; rest++, shift += 8) {
      if (shift < 32) tailLow |= view.getUint8(rest) << shift;
      else tailHigh |= view.getUint8(rest) << (shift - 32);
    }
    this.words(tailLow, tailHigh);
  }

  /** Sixteen bytes a turn, as `words` on two states side by side: each waits for its own multiplications, so two take hardly longer than one. Gives where it stopped. */
  #long(view: DataView, from: number, to: number): number {
    let { low, high } = this;
    let secondLow = ~low;
    let secondHigh = ~high;
    let at = from;
    for (; at + 16 <= to; at += 16) {
      let a = Math.imul(low ^ view.getInt32(at, true), ONE);
      let b = Math.imul(high ^ view.getInt32(at + 4, true), OTHER);
      let c = Math.imul(secondLow ^ view.getInt32(at + 8, true), ONE);
      let d = Math.imul(secondHigh ^ view.getInt32(at + 12, true), OTHER);
      a = Math.imul(a ^ (a >>> 15), OTHER);
      b = Math.imul(b ^ (b >>> 13), ONE);
      c = Math.imul(c ^ (c >>> 15), OTHER);
      d = Math.imul(d ^ (d >>> 13), ONE);
      low = (((a << 15) | (a >>> 17)) + b) | 0;
      high = ((b << 13) | (b >>> 19)) ^ low;
      secondLow = (((c << 15) | (c >>> 17)) + d) | 0;
      secondHigh = ((d << 13) | (d >>> 19)) ^ secondLow;
    }
    this.low = low;
    this.high = high;
    this.words(secondLow, secondHigh);
    return at;
  }

  /** The hashes at each index of the two tables, `count` of them. As they are spread over all bits already, one multiplication each is enough. */
  entries(ones: Int32Array, others: Int32Array, indexes: Uint32Array, count: number): void {
    let { low, high } = this;
    for (let i = 0; i < count; i++) {
      const index = indexes[i]!;
      low = Math.imul(((low << 13) | (low >>> 19)) ^ ones[index]!, ONE);
      high = Math.imul(((high << 17) | (high >>> 15)) ^ others[index]!, OTHER);
    }
    this.words(low, high);
  }

  /** Spreads the last words over all bits; after it `low` and `high` are the hash, as signed 32-bit integers. */
  end(): void {
    this.words(ONE, OTHER);
    this.words(OTHER, ONE);
  }
}
