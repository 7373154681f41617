export type Placed = { readonly problem: string } | { readonly problem: null; readonly isNewPoint: boolean };

const SAME_POINT: Placed = { problem: null, isNewPoint: false };
const NEW_POINT: Placed = { problem: null, isNewPoint: true };

/** The order of a family's samples: metric by metric, of each metric point by point, and of each point every series once (OpenMetrics 1.0, "Metric", "MetricPoint"). */
export class PointOrder {
  readonly #metrics = new Set<string>();
  readonly #timeOfSeries = new Map<string, string | null>();
  #metric: string | null = null;
  #time: string | null = null;

  /** `metric` and `series`: keys of the labels without and with those that tell samples of one metric apart. `time`: the seconds as they are written. */
  place({ metric, series, time }: { readonly metric: string; readonly series: string; readonly time: string | null }): Placed {
    const placed = metric === this.#metric ? this.#goOn(series, time) : this.#begin(metric);
    if (placed.problem !== null) return placed;
    if (placed.isNewPoint) this.#timeOfSeries.clear();
    this.#timeOfSeries.set(series, time);
    this.#time = time;
    return placed;
  }

  #begin(metric: string): Placed {
    if (this.#metrics.has(metric)) return { problem: 'all samples of a metric behind one another' };
    this.#metrics.add(metric);
    this.#metric = metric;
    return NEW_POINT;
  }

  #goOn(series: string, time: string | null): Placed {
    if (time === null || this.#time === null) {
      if (time !== this.#time) return { problem: 'timestamps at all samples of a metric, or at none' };
      return this.#timeOfSeries.has(series) ? { problem: 'each series once' } : SAME_POINT;
    }
    const elapsed = Number(time) - Number(this.#time);
    if (elapsed < 0) return { problem: 'timestamps that do not decrease within a metric' };
    if (elapsed > 0) return NEW_POINT;
    const before = this.#timeOfSeries.get(series);
    // Nanoseconds may differ where floats do not.
    if (before !== undefined && before !== time) return NEW_POINT;
    return before === undefined ? SAME_POINT : { problem: 'each series once at a time' };
  }
}
