import { labelsKey, METRIC_NAME, type Histogram, type Labels } from '#metrics';
import { labelValue, withoutLabels } from '../engine/label-sets.js';
import { quote } from '../parser/go-string.js';
import type { InstantValue, Notes } from './function-kinds.js';
import type { ClassicBucket } from './histogram-classic.js';
import { ofMetric } from './histogram-notes.js';

export interface NativeInput {
  readonly labels: Labels;
  readonly histogram: Histogram;
}

/** The buckets of one classic histogram, in any order; the labels are without `le`. */
export interface ClassicInput {
  readonly labels: Labels;
  readonly buckets: ClassicBucket[];
}

/** One step of a vector as the histograms in it. */
export interface HistogramInput {
  readonly natives: readonly NativeInput[];
  readonly classics: readonly ClassicInput[];
}

/** What is no histogram is told and left out, as is what is there both as a native and as a classic one. */
export function histogramsIn(samples: readonly InstantValue[], notes: Notes): HistogramInput {
  const classics = new Map<string, ClassicInput>();
  const natives: NativeInput[] = [];
  for (const { labels, value } of samples) {
    if (typeof value !== 'number') natives.push({ labels, histogram: value });
    else addBucket(classics, labels, value, notes);
  }
  const clear = classics.size === 0 ? natives : natives.filter((native) => !collides(native, classics, notes));
  return { natives: clear, classics: [...classics.values()] };
}

function addBucket(classics: Map<string, ClassicInput>, labels: Labels, upTo: number, notes: Notes): void {
  const series = bucketSeriesOf(labels);
  if (series === null) {
    notes.warn(ofMetric(`bucket label "le" is missing or has a malformed value of ${quote(labelValue(labels, LE))}`, labelValue(labels, METRIC_NAME)));
    return;
  }
  const known = classics.get(series.key);
  if (known === undefined) classics.set(series.key, { labels: series.labels, buckets: [{ upper: series.upper, upTo }] });
  else known.buckets.push({ upper: series.upper, upTo });
}

function collides({ labels }: NativeInput, classics: Map<string, ClassicInput>, notes: Notes): boolean {
  const collides = classics.delete(labelsKey(labels));
  if (collides) notes.warn(ofMetric('vector contains a mix of classic and native histograms', labelValue(labels, METRIC_NAME)));
  return collides;
}

const LE = 'le';
const ONLY_LE: ReadonlySet<string> = new Set([LE]);
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const INFINITE = /^([+-]?)inf(?:inity)?$/i;

/** What the labels of one series say. */
interface BucketSeries {
  readonly upper: number;
  readonly labels: Labels;
  readonly key: string;
}

// The labels of a series are one object at all steps of a query, so they are looked into once.
const KNOWN = new WeakMap<Labels, BucketSeries | null>();

function bucketSeriesOf(labels: Labels): BucketSeries | null {
  const known = KNOWN.get(labels);
  if (known !== undefined) return known;
  const upper = boundOf(labelValue(labels, LE));
  const base = withoutLabels(labels, ONLY_LE);
  const series = upper === null ? null : { upper, labels: base, key: labelsKey(base) };
  KNOWN.set(labels, series);
  return series;
}

function boundOf(le: string): number | null {
  if (DECIMAL.test(le)) return Number(le);
  const infinite = INFINITE.exec(le);
  return infinite === null ? null : infinite[1] === '-' ? -Infinity : Infinity;
}
