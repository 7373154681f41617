import { METRIC_NAME, SAMPLE_KIND, type Labels, type SeriesData } from '#metrics';
import type { Call } from '../ast.js';
import { QueryError } from '../query-error.js';
import type { Evaluation } from './evaluation.js';
import { infoMoments } from './info-selection.js';
import { formatLabels, labelValue } from './label-sets.js';
import { forEachLastSample } from './vector-selector.js';

/** A series that says more about a target, and when it said so last. */
export interface InfoSeries {
  readonly labels: Labels;
  readonly name: string;
  readonly target: string;
  /** Of the last sample at each step; NaN where there is none. */
  readonly timesMs: Float64Array;
}

/** What identifies the target of a series; null when nothing does. */
export function targetOf(labels: Labels): string | null {
  const instance = labelValue(labels, 'instance');
  const job = labelValue(labels, 'job');
  return instance === '' && job === '' ? null : `${instance.length}:${instance}${job}`;
}

export function infoSeriesOf(call: Call, evaluation: Evaluation): InfoSeries[] {
  const { series, grid, options, budget } = evaluation.query;
  const walk = { moments: infoMoments(call, evaluation.grid, grid), steps: evaluation.steps, lookbackMs: options.lookbackMs };
  return (series.get(call) ?? []).flatMap(({ labels, samples }: SeriesData) => {
    const target = targetOf(labels);
    if (target === null) return [];
    budget.hold(evaluation.steps);
    const timesMs = new Float64Array(evaluation.steps).fill(NaN);
    forEachLastSample(samples.timesMs, walk, (step, i) => {
      const kind = samples.kinds?.[i];
      if (kind === SAMPLE_KIND.histogram) throw new QueryError('execution', `this should be an info metric, with float samples: ${formatLabels(labels)}`);
      if (kind !== SAMPLE_KIND.stale) timesMs[step] = samples.timesMs[i]!;
    });
    return [{ labels, name: labelValue(labels, METRIC_NAME), target, timesMs }];
  });
}

/** By target, one of each name: the newest. Throws QueryError when two are equally new. */
export function newestAt(infos: readonly InfoSeries[], step: number): ReadonlyMap<string, ReadonlyMap<string, InfoSeries>> {
  const byTarget = new Map<string, Map<string, InfoSeries>>();
  for (const info of infos) {
    const timeMs = info.timesMs[step]!;
    if (Number.isNaN(timeMs)) continue;
    let byName = byTarget.get(info.target);
    if (byName === undefined) {
      byName = new Map();
      byTarget.set(info.target, byName);
    }
    const other = byName.get(info.name);
    if (other?.timesMs[step] === timeMs) throw duplicateInfo(other, info, timeMs);
    if (other === undefined || other.timesMs[step]! < timeMs) byName.set(info.name, info);
  }
  return byTarget;
}

function duplicateInfo(existing: InfoSeries, added: InfoSeries, timeMs: number): QueryError {
  return new QueryError('execution', `found duplicate series for info metric: existing ${formatLabels(existing.labels)} @ ${timeMs}, new ${formatLabels(added.labels)} @ ${timeMs}`);
}
