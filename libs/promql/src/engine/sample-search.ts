import { SAMPLE_KIND, type SampleRun } from '#metrics';

/**
 * Finds samples for times that only go forward. The next answer mostly lies as far ahead as the last one did, because steps and samples are both
 * evenly spaced: that place is looked at first, and only then is it searched for.
 */
export class SampleCursor {
  readonly #timesMs: Float64Array;
  #count = 0;
  #stride = 1;

  constructor(timesMs: Float64Array) {
    this.#timesMs = timesMs;
  }

  /** The number of samples at or before `timeMs`, which is also the index of the first one after it. */
  countUntil(timeMs: number): number {
    const times = this.#timesMs;
    const from = this.#count;
    if (from >= times.length || times[from]! > timeMs) return from;
    const guess = from + this.#stride;
    const isRight = guess <= times.length && times[guess - 1]! <= timeMs && (guess === times.length || times[guess]! > timeMs);
    this.#count = isRight ? guess : search(times, timeMs, from);
    this.#stride = this.#count - from;
    return this.#count;
  }
}

/** Doubles the stride until it has gone too far, then halves what lies between. The sample at `from` is known to be at or before the time. */
function search(timesMs: Float64Array, timeMs: number, from: number): number {
  let low = from;
  let stride = 1;
  while (low + stride < timesMs.length && timesMs[low + stride]! <= timeMs) {
    low += stride;
    stride *= 2;
  }
  let high = Math.min(low + stride, timesMs.length);
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (timesMs[middle]! <= timeMs) low = middle;
    else high = middle;
  }
  return high;
}

/** The first step whose moment is at or after `timeMs`. */
export function firstStepAt(moments: { readonly startMs: number; readonly stepMs: number }, timeMs: number): number {
  if (moments.startMs >= timeMs) return 0;
  return moments.stepMs === 0 ? Infinity : Math.ceil((timeMs - moments.startMs) / moments.stepMs);
}

/** Range vectors know no stale markers. */
export function withoutStaleMarkers(run: SampleRun): SampleRun {
  const { kinds, histograms, startsMs } = run;
  if (kinds === null || !kinds.includes(SAMPLE_KIND.stale)) return run;
  const kept: number[] = [];
  for (let i = 0; i < kinds.length; i++) if (kinds[i] !== SAMPLE_KIND.stale) kept.push(i);
  return {
    timesMs: Float64Array.from(kept, (i) => run.timesMs[i]!),
    values: Float64Array.from(kept, (i) => run.values[i]!),
    kinds: histograms === null ? null : Uint8Array.from(kept, (i) => kinds[i]!),
    histograms: histograms === null ? null : kept.map((i) => histograms[i]!),
    startsMs: startsMs === null ? null : Float64Array.from(kept, (i) => startsMs[i]!),
  };
}
