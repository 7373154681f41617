import { NO_SAMPLES } from './sample-run.js';
import type { SampleRun } from './sample-run.js';

/** Samples from index `from` to before `to`; shares memory with the run. */
export function sliceRun(run: SampleRun, from: number, to: number): SampleRun {
  if (from >= to) return NO_SAMPLES;
  if (from === 0 && to === run.timesMs.length) return run;
  const { timesMs, values, kinds, histograms, startsMs } = run;
  return {
    timesMs: timesMs.subarray(from, to),
    values: values.subarray(from, to),
    kinds: kinds?.subarray(from, to) ?? null,
    histograms: histograms?.slice(from, to) ?? null,
    startsMs: startsMs?.subarray(from, to) ?? null,
  };
}

/** Index of the first sample at or after `timeMs`. */
export function firstAtOrAfter(timesMs: Float64Array, timeMs: number): number {
  let low = 0;
  let high = timesMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (timesMs[middle]! < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Samples within the span, both ends included; shares memory with the run. */
export function clipRun(run: SampleRun, fromMs: number, toMs: number): SampleRun {
  const { timesMs } = run;
  const from = timesMs.length > 0 && timesMs[0]! >= fromMs ? 0 : firstAtOrAfter(timesMs, fromMs);
  let to = timesMs.length;
  if (to > 0 && timesMs[to - 1]! > toMs) {
    to = firstAtOrAfter(timesMs, toMs);
    if (timesMs[to] === toMs) to += 1;
  }
  return sliceRun(run, from, to);
}
