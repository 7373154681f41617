import { labelsKey, type Histogram, type Labels } from '#metrics';
import type { InstantValue } from '../functions/function-kinds.js';
import { CellsBuilder } from './cells-builder.js';
import { sampleAt, toColumn, type Column } from './columns.js';
import { duplicateLabelSet } from './duplicates.js';

/** The samples of all columns at one step. */
export function samplesAt(columns: readonly Column[], step: number): InstantValue[] {
  const samples: InstantValue[] = [];
  for (const column of columns) {
    const value = sampleAt(column, step);
    if (value !== null) samples.push({ labels: column.labels, dropName: column.dropName, value });
  }
  return samples;
}

interface Series {
  readonly labels: Labels;
  readonly dropName: boolean;
  readonly steps: number[];
  readonly samples: (number | Histogram)[];
}

/** Puts together columns from what a function gives step by step. */
export class StepCollector {
  readonly #series: Series[] = [];
  // The same series mostly comes with the very same labels at each step: that is found without looking into them.
  readonly #byIdentity = new Map<Labels, Series>();
  readonly #byKey = new Map<string, Series>();

  constructor(private readonly steps: number) {}

  /** Throws QueryError when two samples of a step have the same labels. At a single step both stay: a later part of the query may still tell them apart or drop them. */
  add(step: number, samples: readonly InstantValue[]): void {
    for (const sample of samples) {
      const series = this.steps === 1 ? this.#open(sample) : this.#seriesOf(sample);
      if (series.steps.at(-1) === step) throw duplicateLabelSet();
      series.steps.push(step);
      series.samples.push(sample.value);
    }
  }

  columns(): Column[] {
    const builder = new CellsBuilder();
    return this.#series.map(({ labels, dropName, steps, samples }) => {
      for (let i = 0; i < steps.length; i++) builder.add(steps[i]!, samples[i]!);
      return toColumn(labels, dropName, builder.finish()!);
    });
  }

  #seriesOf(sample: InstantValue): Series {
    const known = this.#byIdentity.get(sample.labels);
    if (known !== undefined) return known;
    const key = labelsKey(sample.labels);
    let series = this.#byKey.get(key);
    if (series === undefined) {
      series = this.#open(sample);
      this.#byKey.set(key, series);
    }
    this.#byIdentity.set(sample.labels, series);
    return series;
  }

  #open({ labels, dropName }: InstantValue): Series {
    const series = { labels, dropName, steps: [], samples: [] };
    this.#series.push(series);
    return series;
  }
}
