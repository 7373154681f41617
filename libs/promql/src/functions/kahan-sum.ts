// Kahan's summation in Neumaier's variant, which Prometheus uses too: beside each sum stands what rounding has taken from it. These are inner
// loops of most queries over ranges, so sum and loss are local variables and the step of the summation is written out in each.

/** Of values[from] to values[end - 1]. */
export function sumOf(values: Float64Array, from: number, end: number): number {
  let sum = 0;
  let lost = 0;
  for (let i = from; i < end; i++) {
    const value = values[i]!;
    const next = sum + value;
    if (next === Infinity || next === -Infinity) lost = 0;
    else lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum === Infinity || sum === -Infinity ? sum : sum + lost;
}

/** While the plain sum fits into a double it gives the most exact mean; once it would overflow, the mean itself is carried on. */
export function meanOf(values: Float64Array, from: number, end: number): number {
  let sum = values[from]!;
  let lost = 0;
  for (let i = from + 1; i < end; i++) {
    const value = values[i]!;
    const next = sum + value;
    if (next === Infinity || next === -Infinity) return carriedMean(values, { from, at: i, end }, sum, lost);
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum / (end - from) + lost / (end - from);
}

/** `sum` and `lost` are of the values before `at`. */
function carriedMean(values: Float64Array, { from, at, end }: { readonly from: number; readonly at: number; readonly end: number }, sum: number, lost: number): number {
  const total = new KahanSum(sum / (at - from), lost / (at - from));
  for (let i = at; i < end; i++) {
    const count = i - from + 1;
    total.scale((count - 1) / count);
    total.add(values[i]! / count);
  }
  return total.value;
}

/** For sums that are not all there is to a loop. */
export class KahanSum {
  constructor(
    private sum = 0,
    private lost = 0,
  ) {}

  add(value: number): void {
    const { sum } = this;
    const next = sum + value;
    if (next === Infinity || next === -Infinity) this.lost = 0;
    else this.lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    this.sum = next;
  }

  scale(factor: number): void {
    this.sum *= factor;
    this.lost *= factor;
  }

  get value(): number {
    return this.sum + this.lost;
  }
}
