import { SAMPLE_KIND, type SampleRun } from '#metrics';
import type { VectorSelector } from '../ast.js';
import { CellsBuilder } from './cells-builder.js';
import { toColumn, type Column } from './columns.js';
import type { Evaluated, Evaluation } from './evaluation.js';
import { momentsOf, type Moments } from './moments.js';
import { firstStepAt, SampleCursor } from './sample-search.js';
import { evaluateSmoothedSelector } from './smoothed-selector.js';

/** The last sample of each series at each step, unless it is older than the lookback or a stale marker. */
export async function evaluateVectorSelector(selector: VectorSelector, evaluation: Evaluation): Promise<Evaluated> {
  if (selector.extension === 'smoothed') return { type: 'vector', columns: await evaluateSmoothedSelector(selector, evaluation) };
  const moments = momentsOf(selector, evaluation.grid, evaluation.query.grid);
  return { type: 'vector', columns: await lookBack(selector, moments, evaluation, addLastSamples) };
}

/** Adds what the samples of a run give to each step. */
export type AddSamples = (run: SampleRun, walk: Walk, builder: CellsBuilder) => void;

export interface Walk {
  readonly moments: Moments;
  readonly steps: number;
  readonly lookbackMs: number;
}

export async function lookBack(node: VectorSelector, moments: Moments, evaluation: Evaluation, add: AddSamples): Promise<Column[]> {
  const { budget, series, options } = evaluation.query;
  const walk = { moments, steps: evaluation.steps, lookbackMs: options.lookbackMs };
  const builder = new CellsBuilder();
  const columns: Column[] = [];
  for (const { labels, samples } of series.get(node) ?? []) {
    add(samples, walk, builder);
    const cells = builder.finish();
    if (cells !== null) {
      budget.hold(cells.samples);
      columns.push(toColumn(labels, false, cells));
    }
    if (budget.spend(walk.steps)) await budget.pause();
  }
  return columns;
}

function addLastSamples(run: SampleRun, walk: Walk, builder: CellsBuilder): void {
  const { values, kinds, histograms } = run;
  forEachLastSample(run.timesMs, walk, (step, i) => {
    if (kinds === null || kinds[i] === SAMPLE_KIND.float) builder.float(step, values[i]!);
    else if (kinds[i] === SAMPLE_KIND.histogram) builder.histogram(step, histograms![i]!);
  });
}

/** Calls `visit` for each step that finds a sample within the lookback, stale or not. */
export function forEachLastSample(timesMs: Float64Array, { moments, steps, lookbackMs }: Walk, visit: (step: number, i: number) => void): void {
  if (timesMs.length === 0) return;
  const cursor = new SampleCursor(timesMs);
  let step = firstStepAt(moments, timesMs[0]!);
  while (step < steps) {
    const timeMs = moments.startMs + step * moments.stepMs;
    const seen = cursor.countUntil(timeMs);
    if (timesMs[seen - 1]! > timeMs - lookbackMs) visit(step++, seen - 1);
    else if (seen === timesMs.length) return;
    else step = firstStepAt(moments, timesMs[seen]!);
  }
}
