import type { Histogram, Labels } from '#metrics';
import { METRIC_NAME } from '#metrics';
import { CUSTOM_BUCKETS_SCHEMA } from './bucket-counts.js';
import { labelsKey, sortedLabels } from './label-bytes.js';
import type { LoadedSample, LoadedSeries } from './loaded-sample.js';

/** What is known of a classic histogram at one moment. */
interface Classic {
  /** Cumulative, by upper bound. */
  readonly buckets: Map<number, number>;
  count: number | null;
  sum: number;
}

const SUFFIX = /_(bucket|count|sum)$/;

/** Classic histograms as native ones with custom buckets, of the same name without the suffix. */
export function nativeFromClassic(classic: readonly LoadedSeries[]): readonly LoadedSeries[] {
  const natives = new Map<string, { readonly labels: Labels; readonly moments: Map<number, Classic> }>();
  for (const { labels, samples } of classic) {
    const values = new Map(labels.map(({ name, value }) => [name, value]));
    const name = values.get(METRIC_NAME) ?? '';
    const suffix = SUFFIX.exec(name)?.[1];
    const bound = suffix === 'bucket' ? boundOf(values.get('le')) : 0;
    if (suffix === undefined || bound === null) continue;
    values.delete('le');
    const base = sortedLabels(values.set(METRIC_NAME, name.replace(SUFFIX, '')));
    const native = natives.get(labelsKey(base)) ?? { labels: base, moments: new Map<number, Classic>() };
    natives.set(labelsKey(base), native);
    for (const sample of samples) note(native.moments, sample, suffix, bound);
  }
  return [...natives.values()].map(({ labels, moments }) => ({
    labels,
    samples: [...moments].map(([timeMs, histogram]) => ({ timeMs, value: convert(histogram), startMs: 0 })),
  }));
}

function boundOf(text: string | undefined): number | null {
  const bound = text === undefined || text === '' ? Number.NaN : /^\+?inf$/i.test(text) ? Number.POSITIVE_INFINITY : Number(text);
  return Number.isNaN(bound) ? null : bound;
}

function note(moments: Map<number, Classic>, { timeMs, value }: LoadedSample, suffix: string, bound: number): void {
  if (typeof value !== 'number') return;
  const moment = moments.get(timeMs) ?? { buckets: new Map<number, number>(), count: null, sum: 0 };
  moments.set(timeMs, moment);
  if (suffix === 'sum') moment.sum = value;
  else if (suffix === 'count') moment.count = value;
  else if (!moment.buckets.has(bound)) moment.buckets.set(bound, value);
}

function convert({ buckets, count, sum }: Classic): Histogram {
  const sorted = [...buckets].sort(([a], [b]) => a - b);
  const total = count ?? sorted.at(-1)?.[1] ?? 0;
  if (sorted.at(-1)?.[0] !== Number.POSITIVE_INFINITY) sorted.push([Number.POSITIVE_INFINITY, total]);
  const cumulative = sorted.map(([, upTo]) => upTo);
  if (cumulative.some((upTo, index) => upTo < (cumulative[index - 1] ?? 0))) throw new Error(`counts are not cumulative: ${cumulative.join(' ')}`);
  if (cumulative.at(-1) !== total) throw new Error(`count ${total} is not that of the last bucket, ${cumulative.at(-1)}`);
  return {
    schema: CUSTOM_BUCKETS_SCHEMA,
    zeroThreshold: 0,
    zeroCount: 0,
    count: total,
    sum,
    positive: { spans: [{ offset: 0, length: sorted.length }], counts: cumulative.map((upTo, index) => upTo - (cumulative[index - 1] ?? 0)) },
    negative: { spans: [], counts: [] },
    customBounds: sorted.slice(0, -1).map(([bound]) => bound),
    resetHint: 'unknown',
  };
}
