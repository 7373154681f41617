import type { Histogram, SampleRun } from '#metrics';

/** Runs of many series in a few arrays, which cross to another thread faster than one by one. */
export interface PackedRuns {
  readonly seriesIds: Uint32Array<ArrayBuffer>;
  /** Samples of each. A series may stand more than once. */
  readonly counts: Uint32Array<ArrayBuffer>;
  readonly timesMs: Float64Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
  readonly kinds: Uint8Array<ArrayBuffer> | null;
  readonly startsMs: Float64Array<ArrayBuffer> | null;
  readonly histograms: ReadonlyMap<number, Histogram>;
}

export interface SeriesSamples {
  readonly seriesId: number;
  readonly samples: SampleRun;
}

export function packRuns(all: readonly SeriesSamples[]): PackedRuns {
  const total = all.reduce((sum, { samples }) => sum + samples.timesMs.length, 0);
  const timesMs = new Float64Array(total);
  const values = new Float64Array(total);
  const kinds = all.some(({ samples }) => samples.kinds !== null) ? new Uint8Array(total) : null;
  const startsMs = all.some(({ samples }) => samples.startsMs !== null) ? new Float64Array(total) : null;
  const histograms = new Map<number, Histogram>();
  let at = 0;
  for (const { samples } of all) {
    timesMs.set(samples.timesMs, at);
    values.set(samples.values, at);
    if (samples.kinds !== null) kinds!.set(samples.kinds, at);
    if (samples.startsMs !== null) startsMs!.set(samples.startsMs, at);
    samples.histograms?.forEach((histogram, i) => histogram === null || histograms.set(at + i, histogram));
    at += samples.timesMs.length;
  }
  return { seriesIds: Uint32Array.from(all, ({ seriesId }) => seriesId), counts: Uint32Array.from(all, ({ samples }) => samples.timesMs.length), timesMs, values, kinds, startsMs, histograms };
}

export function unpackRuns({ seriesIds, counts, timesMs, values, kinds, startsMs, histograms }: PackedRuns): SeriesSamples[] {
  let from = 0;
  return Array.from(seriesIds, (seriesId, i) => {
    const to = from + counts[i]!;
    const ownHistograms = histograms.size === 0 ? null : Array.from({ length: to - from }, (_, at) => histograms.get(from + at) ?? null);
    const samples = { timesMs: timesMs.subarray(from, to), values: values.subarray(from, to), kinds: kinds?.subarray(from, to) ?? null, startsMs: startsMs?.subarray(from, to) ?? null, histograms: ownHistograms };
    from = to;
    return { seriesId, samples };
  });
}
