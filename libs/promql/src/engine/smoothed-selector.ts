import { METRIC_NAME, SAMPLE_KIND, type Histogram, type SampleRun } from '#metrics';
import type { VectorSelector } from '../ast.js';
import type { Notes } from '../functions/function-kinds.js';
import { mixedBucketSchemas, mixedFloatsAndHistograms } from '../functions/note-texts.js';
import { CellsBuilder } from './cells-builder.js';
import { toColumn, type Column } from './columns.js';
import type { Evaluation } from './evaluation.js';
import { interpolateHistograms } from './interpolate-histograms.js';
import { labelValue } from './label-sets.js';
import { momentsOf } from './moments.js';
import { firstStepAt, SampleCursor, withoutStaleMarkers } from './sample-search.js';

/** Between the samples before and after each step a straight line; behind the last one its value, for as long as the lookback. */
export async function evaluateSmoothedSelector(selector: VectorSelector, evaluation: Evaluation): Promise<Column[]> {
  const { query, grid, steps } = evaluation;
  const { budget } = query;
  const notes = query.annotations.at(selector.position);
  const moments = momentsOf(selector, grid, query.grid);
  const builder = new CellsBuilder();
  const columns: Column[] = [];
  for (const { labels, samples } of query.series.get(selector) ?? []) {
    const smoother = new Smoother(withoutStaleMarkers(samples), query.options.lookbackMs, { notes, metricName: labelValue(labels, METRIC_NAME) });
    for (let step = samples.timesMs.length === 0 ? steps : firstStepAt(moments, samples.timesMs[0]!); step < steps; step++) {
      const sample = smoother.at(moments.startMs + step * moments.stepMs);
      if (sample !== null) builder.add(step, sample);
    }
    const cells = builder.finish();
    if (cells !== null) {
      budget.hold(cells.samples);
      columns.push(toColumn(labels, false, cells));
    }
    if (budget.spend(steps)) await budget.pause();
  }
  return columns;
}

interface Told {
  readonly notes: Notes;
  readonly metricName: string;
}

class Smoother {
  readonly #befores: SampleCursor;
  readonly #starts: SampleCursor;
  readonly #ends: SampleCursor;

  constructor(
    private readonly run: SampleRun,
    private readonly lookbackMs: number,
    private readonly told: Told,
  ) {
    this.#befores = new SampleCursor(run.timesMs);
    this.#starts = new SampleCursor(run.timesMs);
    this.#ends = new SampleCursor(run.timesMs);
  }

  /** Asked in the order of time. */
  at(timeMs: number): number | Histogram | null {
    const first = this.#starts.countUntil(timeMs - this.lookbackMs);
    const end = this.#ends.countUntil(timeMs + this.lookbackMs);
    const last = this.#befores.countUntil(timeMs) - 1;
    if (first >= end) return null;
    if (this.#isMixed(first, end)) {
      this.told.notes.warn(mixedFloatsAndHistograms(this.told.metricName));
      return null;
    }
    if (last < first) return null;
    if (this.run.timesMs[last] === timeMs) return this.#sample(last);
    return last + 1 < end ? this.#between(last, timeMs) : this.#carried(last);
  }

  #isMixed(first: number, end: number): boolean {
    const { kinds } = this.run;
    if (kinds === null) return false;
    for (let i = first + 1; i < end; i++) if (kinds[i] !== kinds[first]) return true;
    return false;
  }

  #sample(i: number): number | Histogram {
    const { kinds, values, histograms } = this.run;
    return kinds?.[i] === SAMPLE_KIND.histogram ? histograms![i]! : values[i]!;
  }

  /** What its hint says of the sample before it is not true of the place it is carried to. */
  #carried(i: number): number | Histogram {
    const sample = this.#sample(i);
    return typeof sample === 'number' ? sample : { ...sample, resetHint: 'unknown' };
  }

  #between(i: number, timeMs: number): number | Histogram | null {
    const { timesMs } = this.run;
    const fraction = (timeMs - timesMs[i]!) / (timesMs[i + 1]! - timesMs[i]!);
    const earlier = this.#sample(i);
    const later = this.#sample(i + 1);
    if (typeof earlier === 'number' || typeof later === 'number') return (earlier as number) + ((later as number) - (earlier as number)) * fraction;
    const isCounter = earlier.resetHint !== 'gauge' || later.resetHint !== 'gauge';
    const { notes, metricName } = this.told;
    const histogram = interpolateHistograms(earlier, later, fraction, { isCounter, notes });
    if (histogram === null) notes.warn(mixedBucketSchemas(metricName));
    return histogram;
  }
}
