import type { RangeSeries } from '#promql';
import type { JsonBody } from './json-body.js';
import { histogramPoint, labelsText, timeText, valueText } from './sample-text.js';

// Texts of some KiB are written with little work for the garbage collector; longer ones and single points cost twice the time.
const POINTS_AT_ONCE = 64;

/**
 * Writes the series of a matrix. The hot path of range queries, which give millions of points: all series of one query have samples at nearly the same
 * moments, so what stands before a sample is kept for the series that follow.
 */
export class MatrixWriter {
  readonly #timesMs: number[] = [];
  /** `,[1435781430.781,"` */
  readonly #openings: string[] = [];

  constructor(private readonly body: JsonBody) {}

  write(series: RangeSeries): void {
    this.body.write(`{"metric":${labelsText(series.labels)}`);
    const floats = this.#writeFloats(series);
    if (floats < series.points.length) this.#writeHistograms(series);
    this.body.writeAscii('}');
  }

  /** How many there were. */
  #writeFloats({ points }: RangeSeries): number {
    let text = ',"values":[';
    let floats = 0;
    for (let i = 0; i < points.length; i++) {
      const { timeMs, value } = points[i]!;
      if (typeof value !== 'number') continue;
      const opening = this.#timesMs[i] === timeMs ? this.#openings[i]! : this.#keep(i, timeMs);
      text += floats === 0 ? opening.slice(1) : opening;
      text += valueText(value);
      text += '"]';
      if (++floats % POINTS_AT_ONCE !== 0) continue;
      this.body.writeAscii(text);
      text = '';
    }
    if (floats > 0) this.body.writeAscii(`${text}]`);
    return floats;
  }

  #writeHistograms({ points }: RangeSeries): void {
    let opening = ',"histograms":[';
    for (const { timeMs, value } of points) {
      if (typeof value === 'number') continue;
      this.body.writeAscii(opening + histogramPoint(timeMs, value));
      opening = ',';
    }
    this.body.writeAscii(']');
  }

  #keep(index: number, timeMs: number): string {
    this.#timesMs[index] = timeMs;
    return (this.#openings[index] = `,[${timeText(timeMs)},"`);
  }
}
