/** The k best of the values offered, best first; of equal ones the first offered. NaN is worse than any other. */
export class BestOf {
  #limit = 0;
  readonly #values: number[] = [];
  readonly #members: number[] = [];

  constructor(private readonly beats: (a: number, b: number) => boolean) {}

  reset(limit: number): void {
    this.#limit = limit;
    this.#values.length = 0;
    this.#members.length = 0;
  }

  offer(value: number, member: number): void {
    const values = this.#values;
    const last = values.length - 1;
    if (values.length >= this.#limit && (this.#limit < 1 || !this.#isBetter(value, values[last]!))) return;
    if (values.length === this.#limit) {
      values.pop();
      this.#members.pop();
    }
    const at = this.#placeOf(value);
    values.splice(at, 0, value);
    this.#members.splice(at, 0, member);
  }

  *kept(): Generator<readonly [value: number, member: number]> {
    for (let i = 0; i < this.#values.length; i++) yield [this.#values[i]!, this.#members[i]!];
  }

  #placeOf(value: number): number {
    let low = 0;
    let high = this.#values.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#isBetter(value, this.#values[middle]!)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #isBetter(a: number, b: number): boolean {
    return this.beats(a, b) || (Number.isNaN(b) && !Number.isNaN(a));
  }
}
