import type { Histogram, Labels } from '#metrics';
import type { Point, QueryValue, RangeSeries } from '#promql';
import { bucketCounts } from './bucket-counts.js';
import { formatHistogram } from './histogram-notation.js';
import { compareLabelSets, formatLabels, labelsKey } from './label-bytes.js';
import type { Eval, ExpectedSeries } from './script-parser.js';
import type { SequenceValue } from './series-notation.js';

/** Relative error that is allowed. */
const EPSILON = 1e-6;
const SMALLEST_NORMAL = 2 ** -1022;

type Present = Exclude<SequenceValue, { readonly type: 'omitted' | 'stale' }>;
/** What a case expects of a result: its own lines, and whether they stand in the order of the result. */
export interface Wanted extends Pick<Eval, 'value' | 'times'> {
  readonly ordered: boolean;
}

/** What is wrong with `got`; null: nothing. */
export function problemOfValue(wanted: Wanted, got: QueryValue): string | null {
  switch (got.type) {
    case 'string':
      return wanted.value.type === 'string' && wanted.value.value === got.value ? null : `expected ${describeWanted(wanted)}, got the string ${JSON.stringify(got.value)}`;
    case 'scalar':
      return wanted.value.type === 'scalar' && almostEqual(wanted.value.value, got.value) ? null : `expected ${describeWanted(wanted)}, got the scalar ${got.value}`;
    case 'vector':
      return problemOfVector(wanted, got.samples);
    case 'matrix':
      return wanted.ordered ? 'expected an ordered result, got a matrix' : problemOfMatrix(wanted, got.series);
  }
}

/** Relative to the sum of both, as the scripts' own runner has it. */
export function almostEqual(a: number, b: number): boolean {
  if (Number.isNaN(a) && Number.isNaN(b)) return true;
  if (a === b) return true;
  const sum = Math.abs(a) + Math.abs(b);
  const difference = Math.abs(a - b);
  if (a === 0 || b === 0 || sum < SMALLEST_NORMAL) return difference < EPSILON * SMALLEST_NORMAL;
  return difference / Math.min(sum, Number.MAX_VALUE) < EPSILON;
}

function problemOfVector(wanted: Wanted, samples: readonly { readonly labels: Labels; readonly point: Point }[]): string | null {
  if (wanted.value.type !== 'series') return `expected ${describeWanted(wanted)}, got a vector`;
  const expected = byLabels(wanted.value.series);
  const order = wanted.value.series.map(({ labels }) => labelsKey(labels));
  for (const [index, { labels, point }] of samples.entries()) {
    const series = expected.get(labelsKey(labels));
    if (series === undefined) return `unexpected ${formatLabels(labels)} ${formatValue(point.value)}`;
    if (wanted.ordered && order[index] !== labelsKey(labels)) return `at position ${index + 1}: unexpected ${formatLabels(labels)}`;
    const value = series.values[0];
    const same = value !== undefined && isPresent(value) && equalsPresent(value, point.value);
    if (!same) return `expected ${formatSequence(series.values)} for ${formatLabels(labels)}, got ${formatValue(point.value)}`;
  }
  return missing(expected, samples);
}

function problemOfMatrix({ value, times }: Wanted, series: readonly RangeSeries[]): string | null {
  if (value.type !== 'series') return `expected ${JSON.stringify(value)}, got a matrix`;
  const unsorted = series.findIndex((one, index) => index > 0 && compareLabelSets(series[index - 1]!.labels, one.labels) > 0);
  if (unsorted > 0) return `the matrix is not sorted: ${formatLabels(series[unsorted]!.labels)} stands behind ${formatLabels(series[unsorted - 1]!.labels)}`;
  const expected = byLabels(value.series);
  for (const { labels, points } of series) {
    const wanted = expected.get(labelsKey(labels));
    if (wanted === undefined) return `unexpected ${formatLabels(labels)} ${formatPoints(points)}`;
    const want = wanted.values.flatMap((one, index) => (isPresent(one) ? [{ timeMs: times.startMs + index * times.stepMs, value: one }] : []));
    const same = want.length === points.length && want.every((one, index) => one.timeMs === points[index]!.timeMs && equalsPresent(one.value, points[index]!.value));
    if (!same) return `expected ${formatSequence(wanted.values)} for ${formatLabels(labels)}, got ${formatPoints(points)}`;
  }
  return missing(expected, series);
}

const byLabels = (series: readonly ExpectedSeries[]): ReadonlyMap<string, ExpectedSeries> => new Map(series.map((one) => [labelsKey(one.labels), one]));

function missing(expected: ReadonlyMap<string, ExpectedSeries>, got: readonly { readonly labels: Labels }[]): string | null {
  const seen = new Set(got.map(({ labels }) => labelsKey(labels)));
  const absent = [...expected].find(([key]) => !seen.has(key));
  return absent === undefined ? null : `expected ${formatLabels(absent[1].labels)} ${formatSequence(absent[1].values)}, got none`;
}

const isPresent = (value: SequenceValue): value is Present => value.type === 'float' || value.type === 'histogram';

function equalsPresent(wanted: Present, got: number | Histogram): boolean {
  if (wanted.type === 'float') return typeof got === 'number' && almostEqual(wanted.value, got);
  return typeof got !== 'number' && equalHistograms(wanted.histogram, got) && (!wanted.hintGiven || wanted.histogram.resetHint === got.resetHint);
}

/** Empty buckets count as absent. */
function equalHistograms(a: Histogram, b: Histogram): boolean {
  if (a.schema !== b.schema || a.zeroThreshold !== b.zeroThreshold || String(a.customBounds) !== String(b.customBounds)) return false;
  if (!almostEqual(a.count, b.count) || !almostEqual(a.sum, b.sum) || !almostEqual(a.zeroCount, b.zeroCount)) return false;
  return (['positive', 'negative'] as const).every((side) => {
    const counts = [a, b].map((histogram) => new Map([...bucketCounts(histogram[side])].filter(([, count]) => count !== 0)));
    return counts[0]!.size === counts[1]!.size && [...counts[0]!].every(([index, count]) => counts[1]!.has(index) && almostEqual(count, counts[1]!.get(index)!));
  });
}

const formatValue = (value: number | Histogram): string => (typeof value === 'number' ? String(value) : formatHistogram(value));
const formatPoints = (points: readonly Point[]): string => points.map(({ timeMs, value }) => `${formatValue(value)}@${timeMs / 1000}s`).join(' ');
const formatSequence = (values: readonly SequenceValue[]): string =>
  values.map((value) => (value.type === 'float' ? String(value.value) : value.type === 'histogram' ? formatHistogram(value.histogram) : value.type)).join(' ');

function describeWanted({ value }: Wanted): string {
  return value.type === 'series' ? `${value.series.length} series` : `the ${value.type} ${JSON.stringify(value.value)}`;
}
