import { normalCdf } from './normal.js';

// The U statistic moves in whole steps while the normal curve is smooth: half a step towards the middle (R and scipy do the same).
const CONTINUITY = 0.5;

export interface RankTest {
  /** Pairs in which x is the larger, ties as half. */
  readonly u: number;
  readonly z: number;
  /** Two-sided, with the variance inflated by `vif`. */
  readonly p: number;
  /** P(x > y) - P(x < y), -1 to 1. */
  readonly cliffsDelta: number;
}

/** Mann-Whitney U of x against y with tie correction and normal approximation. All values tied: z 0, p 1. */
export function mannWhitney(x: readonly number[], y: readonly number[], vif = 1): RankTest {
  const pairs = x.length * y.length;
  const u = pairsWon(x, y);
  const sigma = rankSigma(x.length, y.length, tieTerm([...x, ...y]));
  const distance = Math.max(0, Math.abs(u - pairs / 2) - CONTINUITY);
  const z = sigma === 0 ? 0 : (Math.sign(u - pairs / 2) * distance) / sigma;
  return { u, z, p: Math.min(1, 2 * normalCdf(-Math.abs(z) / Math.sqrt(vif))), cliffsDelta: (2 * u) / pairs - 1 };
}

/** The standard deviation of U when both samples come from one distribution. */
export function rankSigma(m: number, n: number, ties: number): number {
  const total = m + n;
  return Math.sqrt(Math.max(0, ((m * n) / 12) * (total + 1 - ties / (total * (total - 1)))));
}

/** The sum of t^3 - t over groups of t equal values. */
export function tieTerm(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  let sum = 0;
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to] === sorted[from]) to += 1;
    sum += (to - from) ** 3 - (to - from);
  }
  return sum;
}

/** Pairs in which x is the larger, equal ones as half: two fingers along the sorted samples. */
function pairsWon(x: readonly number[], y: readonly number[]): number {
  const lower = Float64Array.from(y).sort();
  let won = 0;
  let below = 0;
  let upTo = 0;
  for (const value of Float64Array.from(x).sort()) {
    while (below < lower.length && lower[below]! < value) below += 1;
    while (upTo < lower.length && lower[upTo]! <= value) upTo += 1;
    won += (below + upTo) / 2;
  }
  return won;
}
