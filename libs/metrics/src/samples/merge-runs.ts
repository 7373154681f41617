import type { Histogram } from '../histogram/histogram.js';
import { NO_SAMPLES, SAMPLE_KIND } from './sample-run.js';
import type { SampleRun } from './sample-run.js';

/** One run of all samples of the runs, which are of one series. Where several have a sample of the same moment, the first run's stays. */
export function mergeRuns(runs: readonly SampleRun[]): SampleRun {
  const filled = runs.filter(({ timesMs }) => timesMs.length > 0);
  if (filled.length <= 1) return filled[0] ?? NO_SAMPLES;
  const byTime = filled.map((run, rank) => ({ run, rank })).sort((one, other) => one.run.timesMs[0]! - other.run.timesMs[0]! || one.rank - other.rank);
  const apart = byTime.every(({ run }, i) => i === 0 || run.timesMs[0]! > byTime[i - 1]!.run.timesMs.at(-1)!);
  return apart ? joined(byTime.map(({ run }) => run)) : interleaved(filled);
}

/** Runs that follow each other in time, which is the usual case. */
function joined(runs: readonly SampleRun[]): SampleRun {
  const count = runs.reduce((sum, { timesMs }) => sum + timesMs.length, 0);
  const timesMs = new Float64Array(count);
  const values = new Float64Array(count);
  const kinds = runs.some((run) => run.kinds !== null) ? new Uint8Array(count) : null;
  const startsMs = runs.some((run) => run.startsMs !== null) ? new Float64Array(count) : null;
  const histograms = runs.some((run) => run.histograms !== null) ? new Array<Histogram | null>(count).fill(null) : null;
  let at = 0;
  for (const run of runs) {
    timesMs.set(run.timesMs, at);
    values.set(run.values, at);
    if (run.kinds !== null) kinds!.set(run.kinds, at);
    if (run.startsMs !== null) startsMs!.set(run.startsMs, at);
    if (run.histograms !== null) for (let i = 0; i < run.histograms.length; i += 1) histograms![at + i] = run.histograms[i]!;
    at += run.timesMs.length;
  }
  return { timesMs, values, kinds, histograms, startsMs };
}

function interleaved(runs: readonly SampleRun[]): SampleRun {
  const places = runs.flatMap((run, rank) => Array.from(run.timesMs, (timeMs, at) => ({ run, rank, at, timeMs })));
  places.sort((one, other) => one.timeMs - other.timeMs || one.rank - other.rank);
  const kept = places.filter(({ timeMs }, i) => timeMs !== places[i - 1]?.timeMs);
  return {
    timesMs: Float64Array.from(kept, ({ timeMs }) => timeMs),
    values: Float64Array.from(kept, ({ run, at }) => run.values[at]!),
    kinds: runs.some((run) => run.kinds !== null) ? Uint8Array.from(kept, ({ run, at }) => run.kinds?.[at] ?? SAMPLE_KIND.float) : null,
    histograms: runs.some((run) => run.histograms !== null) ? kept.map(({ run, at }) => run.histograms?.[at] ?? null) : null,
    startsMs: runs.some((run) => run.startsMs !== null) ? Float64Array.from(kept, ({ run, at }) => run.startsMs?.[at] ?? 0) : null,
  };
}
