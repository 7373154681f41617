import type { Histogram, Labels } from '#metrics';

/** What a cell holds; the numbers are those in `Cells.kinds`. */
export const CELL = { none: 0, float: 1, histogram: 2 } as const;

/** Samples over the steps of a grid, one cell a step from step `from` on. There are none before it and none behind the last cell. */
export interface Cells {
  readonly from: number;
  /** Of the floats. */
  readonly values: Float64Array;
  /** Null: every cell holds a float. */
  readonly kinds: Uint8Array | null;
  /** By cell; null when there are none. */
  readonly histograms: readonly (Histogram | null)[] | null;
  /** As Prometheus counts them against its limit, a histogram for several; more when nearly all cells are empty. */
  readonly samples: number;
}

/** One series of an instant vector over all steps. */
export interface Column extends Cells {
  readonly labels: Labels;
  /** The name goes at the end of the query, so that label functions and aggregations can still look at it. */
  readonly dropName: boolean;
}

export function toColumn(labels: Labels, dropName: boolean, cells: Cells): Column {
  return { labels, dropName, from: cells.from, values: cells.values, kinds: cells.kinds, histograms: cells.histograms, samples: cells.samples };
}

export function floatCells(from: number, values: Float64Array): Cells {
  return { from, values, kinds: null, histograms: null, samples: values.length };
}

export function kindAt(cells: Cells, step: number): number {
  const i = step - cells.from;
  if (i < 0 || i >= cells.values.length) return CELL.none;
  return cells.kinds === null ? CELL.float : cells.kinds[i]!;
}

/** The sample at a step, null when there is none. */
export function sampleAt(cells: Cells, step: number): number | Histogram | null {
  const kind = kindAt(cells, step);
  if (kind === CELL.none) return null;
  return kind === CELL.float ? cells.values[step - cells.from]! : cells.histograms![step - cells.from]!;
}

// Prometheus counts a histogram by its bytes in memory, 16 to a sample (FloatHistogram.Size): its fields are 168, its timestamp 8, each span, count and bound 8.
const BYTES_PER_SAMPLE = 16;
const HISTOGRAM_BYTES = 176;

export function histogramSamples({ positive, negative, customBounds }: Histogram): number {
  const entries = positive.spans.length + positive.counts.length + negative.spans.length + negative.counts.length + customBounds.length;
  return Math.floor((HISTOGRAM_BYTES + entries * 8) / BYTES_PER_SAMPLE);
}

/** The same samples at every step: what is evaluated once because no step changes it. */
export function repeatCells(cells: Cells, steps: number): Cells {
  const sample = sampleAt(cells, 0);
  if (typeof sample === 'number') return floatCells(0, new Float64Array(steps).fill(sample));
  const kinds = new Uint8Array(steps).fill(CELL.histogram);
  return { from: 0, values: new Float64Array(steps).fill(NaN), kinds, histograms: new Array<Histogram | null>(steps).fill(sample), samples: cells.samples * steps };
}
