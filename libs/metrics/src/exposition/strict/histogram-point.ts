/** One point of a histogram or gauge histogram while its samples come (OpenMetrics 1.0, "Histogram"). What is not as it must be is told as what was expected. */
export class HistogramPoint {
  #lastBound: number | null = null;
  #lastValue = 0;
  #hasNegativeBound = false;
  #count: number | null = null;
  #sum: number | null = null;

  bucket(bound: number, value: number): string | null {
    if (this.#lastBound !== null && bound <= this.#lastBound) return 'buckets in increasing order of "le"';
    if (value < this.#lastValue) return 'bucket values that do not decrease';
    this.#lastBound = bound;
    this.#lastValue = value;
    this.#hasNegativeBound ||= bound < 0;
    return null;
  }

  count(value: number): null {
    this.#count = value;
    return null;
  }

  sum(value: number): null {
    this.#sum = value;
    return null;
  }

  /** `sumIsCounter`: of a histogram; the sum of a gauge histogram may fall. */
  end(sumIsCounter: boolean): string | null {
    if (this.#lastBound !== Infinity) return 'a bucket of the histogram with le="+Inf"';
    if (this.#count !== null && this.#count !== this.#lastValue) return `a count of ${this.#lastValue}, as the bucket with le="+Inf" has`;
    if ((this.#count === null) !== (this.#sum === null)) return 'both count and sum, or neither of them';
    if (this.#sum === null) return null;
    if (sumIsCounter && this.#hasNegativeBound) return 'no sum, as there are negative buckets';
    return this.#sum < 0 && !this.#hasNegativeBound ? 'a sum that is not negative, as no bucket is' : null;
  }
}
