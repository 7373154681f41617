import type { Histogram, Labels, Matcher, SampleRun, SeriesData, SeriesQuery, SeriesReader } from '#metrics';
import { SAMPLE_KIND } from '#metrics';
import { RE2JS } from 're2js';
import { bucketCounts, CUSTOM_BUCKETS_SCHEMA } from './bucket-counts.js';
import { nativeFromClassic } from './classic-to-native.js';
import { labelsKey } from './label-bytes.js';
import type { LoadedSample, LoadedSeries } from './loaded-sample.js';
import type { Load } from './script-parser.js';

/** What scripts have loaded, and the engine reads. */
export class LoadedSeriesReader implements SeriesReader {
  readonly #series = new Map<string, LoadedSeries>();
  readonly #runs = new Map<string, SeriesData>();

  clear(): void {
    this.#series.clear();
    this.#runs.clear();
  }

  /** Adds to what is there; the i-th value stands at i times the step. */
  load(load: Load): void {
    const loaded = load.series.map(({ labels, values, startsMs }): LoadedSeries => {
      const samples = values.flatMap((value, index): LoadedSample[] => {
        if (value.type === 'omitted') return [];
        const timeMs = index * load.stepMs;
        const offsetMs = startsMs?.[index] ?? null;
        return [{ timeMs, value: value.type === 'stale' ? null : value.type === 'float' ? value.value : value.histogram, startMs: offsetMs === null ? 0 : timeMs + offsetMs }];
      });
      return { labels, samples };
    });
    // Within one load, a later line of the same series stands for the earlier.
    const once = new Map(loaded.map((series) => [labelsKey(series.labels), series]));
    for (const series of [...once.values(), ...(load.withNative ? nativeFromClassic([...once.values()]) : [])]) this.#add(series);
  }

  #add({ labels, samples }: LoadedSeries): void {
    const key = labelsKey(labels);
    const byTime = new Map([...(this.#series.get(key)?.samples ?? []), ...samples].map((sample) => [sample.timeMs, sample]));
    const series = { labels, samples: [...byTime.values()].sort((a, b) => a.timeMs - b.timeMs) };
    this.#series.set(key, series);
    this.#runs.set(key, { labels, samples: runOf(series.samples) });
  }

  select({ matchers, fromMs, toMs }: SeriesQuery): Promise<readonly SeriesData[]> {
    const tests = matchers.map(testOf);
    const matching = [...this.#runs.values()].filter(({ labels }) => tests.every((test) => test(labels)));
    const within = matching.map(({ labels, samples }) => ({ labels, samples: slice(samples, fromMs, toMs) }));
    return Promise.resolve(within.filter(({ samples }) => samples.timesMs.length > 0));
  }
}

function testOf({ name, operator, value }: Matcher): (labels: Labels) => boolean {
  const valueOf = (labels: Labels): string => labels.find((label) => label.name === name)?.value ?? '';
  if (operator === '=' || operator === '!=') return (labels) => (valueOf(labels) === value) === (operator === '=');
  const pattern = RE2JS.compile(`^(?s:${value})$`);
  return (labels) => pattern.matches(valueOf(labels)) === (operator === '=~');
}

function runOf(samples: readonly LoadedSample[]): SampleRun {
  const hasOnlyFloats = samples.every(({ value }) => typeof value === 'number');
  const kindOf = (value: LoadedSample['value']): number => (value === null ? SAMPLE_KIND.stale : typeof value === 'number' ? SAMPLE_KIND.float : SAMPLE_KIND.histogram);
  return {
    timesMs: Float64Array.from(samples, ({ timeMs }) => timeMs),
    values: Float64Array.from(samples, ({ value }) => (typeof value === 'number' ? value : Number.NaN)),
    kinds: hasOnlyFloats ? null : Uint8Array.from(samples, ({ value }) => kindOf(value)),
    histograms: hasOnlyFloats ? null : withHints(samples),
    startsMs: samples.some(({ startMs }) => startMs !== 0) ? Float64Array.from(samples, ({ startMs }) => startMs) : null,
  };
}

/**
 * A store knows more of a counter histogram than what was written: that it was not reset since the one before it. It says so for every histogram but
 * the first of a chunk, and begins a chunk where the histograms do not go on from each other.
 */
function withHints(samples: readonly LoadedSample[]): readonly (Histogram | null)[] {
  let before: Histogram | null = null;
  return samples.map(({ value }) => {
    if (value === null || typeof value === 'number') {
      before = null;
      return null;
    }
    const goesOn = before !== null && continues(before, value);
    before = value;
    return value.resetHint === 'gauge' ? value : { ...value, resetHint: goesOn ? 'not-reset' : 'unknown' };
  });
}

function continues(before: Histogram, after: Histogram): boolean {
  if (before.resetHint === 'gauge' || after.resetHint === 'gauge' || after.resetHint === 'reset') return false;
  if (after.schema !== before.schema || after.zeroThreshold !== before.zeroThreshold) return false;
  if (after.schema === CUSTOM_BUCKETS_SCHEMA && String(after.customBounds) !== String(before.customBounds)) return false;
  if (after.count < before.count || after.zeroCount < before.zeroCount) return false;
  return (['positive', 'negative'] as const).every((side) => {
    const counts = bucketCounts(after[side]);
    return [...bucketCounts(before[side])].every(([index, count]) => (counts.get(index) ?? 0) >= count);
  });
}

function slice(run: SampleRun, fromMs: number, toMs: number): SampleRun {
  const first = run.timesMs.findIndex((timeMs) => timeMs >= fromMs);
  const end = run.timesMs.findLastIndex((timeMs) => timeMs <= toMs) + 1;
  const start = first < 0 ? run.timesMs.length : first;
  return {
    timesMs: run.timesMs.slice(start, end),
    values: run.values.slice(start, end),
    kinds: run.kinds?.slice(start, end) ?? null,
    histograms: run.histograms?.slice(start, end) ?? null,
    startsMs: run.startsMs?.slice(start, end) ?? null,
  };
}
