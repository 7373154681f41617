import type { Histogram } from '#metrics';
import { CELL, histogramSamples, type Cells } from './columns.js';

// What a series of mostly gaps counts for: it takes memory for each cell, though it holds few samples.
const CELLS_PER_SAMPLE = 4;

/** Collects cells in the order of their steps. One builder serves many series in turn: only what a series needs is copied out of it. */
export class CellsBuilder {
  #values = new Float64Array(64);
  #kinds = new Uint8Array(64);
  #histograms: (Histogram | null)[] | null = null;
  #from = 0;
  #length = 0;
  #floats = 0;
  #histogramSamples = 0;

  add(step: number, sample: number | Histogram): void {
    if (typeof sample === 'number') this.float(step, sample);
    else this.histogram(step, sample);
  }

  float(step: number, value: number): void {
    const i = this.#cellOf(step);
    this.#values[i] = value;
    this.#kinds[i] = CELL.float;
    this.#floats++;
  }

  histogram(step: number, histogram: Histogram): void {
    const i = this.#cellOf(step);
    this.#values[i] = NaN;
    this.#kinds[i] = CELL.histogram;
    this.#histograms ??= [];
    while (this.#histograms.length < i) this.#histograms.push(null);
    this.#histograms.push(histogram);
    this.#histogramSamples += histogramSamples(histogram);
  }

  /** What was collected, null when nothing was; the builder is empty afterwards. */
  finish(): Cells | null {
    const length = this.#length;
    if (length === 0) return null;
    const kinds = this.#floats === length ? null : this.#kinds.slice(0, length);
    const histograms = this.#histograms;
    while (histograms !== null && histograms.length < length) histograms.push(null);
    const cells = { from: this.#from, values: this.#values.slice(0, length), kinds, histograms, samples: Math.max(this.#floats + this.#histogramSamples, Math.floor(length / CELLS_PER_SAMPLE)) };
    this.#length = 0;
    this.#floats = 0;
    this.#histogramSamples = 0;
    this.#histograms = null;
    return cells;
  }

  #cellOf(step: number): number {
    if (this.#length === 0) this.#from = step;
    const i = step - this.#from;
    if (i >= this.#values.length) this.#grow(i + 1);
    if (i > this.#length) this.#kinds.fill(CELL.none, this.#length, i);
    this.#length = i + 1;
    return i;
  }

  #grow(needed: number): void {
    const length = Math.max(needed, this.#values.length * 2);
    const values = new Float64Array(length);
    const kinds = new Uint8Array(length);
    values.set(this.#values.subarray(0, this.#length));
    kinds.set(this.#kinds.subarray(0, this.#length));
    this.#values = values;
    this.#kinds = kinds;
  }
}
