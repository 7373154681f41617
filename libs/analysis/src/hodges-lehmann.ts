import { rankSigma, tieTerm } from './mann-whitney.js';

export interface Interval {
  readonly low: number;
  readonly high: number;
}
interface Confidence {
  /** Two-sided critical value of the standard normal. */
  readonly z: number;
  readonly vif: number;
}

/**
 * How far x lies above y: all differences x_i - y_j, without ever listing them.
 *
 *              sorted y
 *            . . . o o o     for a value v, the differences at or below v lie right of a staircase that
 *   sorted x . . . . o o     two fingers walk along once: m + n steps count all m * n of them, and name
 *            . . . . . o     the nearest ones on both sides of v.
 */
export class PairwiseShift {
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #pairs: number;
  /** Of U, with the ties that stay whatever x is shifted by. */
  readonly #sigma: number;

  constructor(x: readonly number[], y: readonly number[]) {
    this.#x = Float64Array.from(x).sort();
    this.#y = Float64Array.from(y).sort();
    this.#pairs = x.length * y.length;
    this.#sigma = rankSigma(x.length, y.length, tieTerm(x) + tieTerm(y));
  }

  /** The Hodges-Lehmann estimate: the median of all differences. */
  estimate(): number {
    const middle = (this.#pairs + 1) / 2;
    const low = this.difference(Math.floor(middle));
    return Number.isInteger(middle) ? low : (low + this.difference(Math.ceil(middle))) / 2;
  }

  /**
   * All shifts that the rank test (with continuity 0.5) does not reject; its ends are differences that occur, so no tolerance and no unit enters.
   * Null when the test could reject nothing on one side: the points are then too few, or too dependent, to bound the shift.
   */
  interval({ z, vif }: Confidence): Interval | null {
    const reach = 0.5 + z * Math.sqrt(vif) * this.#sigma;
    const lowRank = Math.ceil(this.#pairs / 2 - reach);
    if (lowRank < 1) return null;
    return { low: this.difference(lowRank), high: this.difference(this.#pairs + 1 - lowRank) };
  }

  /** The difference of the given rank, 1 for the smallest. Bisection by value, each bound moved on to a difference that occurs. */
  difference(rank: number): number {
    let low = this.#x[0]! - this.#y[this.#y.length - 1]!;
    let high = this.#x[this.#x.length - 1]! - this.#y[0]!;
    while (low < high) {
      const middle = low + (high - low) / 2;
      // Between neighbouring doubles the middle rounds to one of them; the lower one always decides.
      const split = this.#splitAt(middle < high ? middle : low);
      if (split.count >= rank) high = split.below;
      else low = split.above;
    }
    return low;
  }

  /** How many differences are at or below `value`, the largest of those, and the smallest of the others. */
  #splitAt(value: number): { count: number; below: number; above: number } {
    const x = this.#x;
    const y = this.#y;
    let count = 0;
    let below = Number.NEGATIVE_INFINITY;
    let above = Number.POSITIVE_INFINITY;
    for (let i = 0, j = 0; i < x.length; i++) {
      while (j < y.length && x[i]! - y[j]! > value) j += 1;
      count += y.length - j;
      if (j < y.length) below = Math.max(below, x[i]! - y[j]!);
      if (j > 0) above = Math.min(above, x[i]! - y[j - 1]!);
    }
    return { count, below, above };
  }
}
