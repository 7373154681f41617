import type { HistogramPair, LabelSet, NativeHistogram, QueryData, SamplePair } from '../../api/prometheus-api.js';
import type { TableSort } from './explore-view.js';
import { sampleNumber } from './sample-text.js';
import { seriesText } from './series-name.js';

export type TableValue =
  | { readonly kind: 'sample'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'histogram'; readonly histogram: NativeHistogram }
  /** Of a range selector: each sample with its time, oldest first. */
  | { readonly kind: 'samples'; readonly samples: readonly SamplePair[]; readonly histograms: readonly HistogramPair[] };

export interface TableRow {
  /** The series as PromQL selects it. */
  readonly name: string;
  readonly labels: LabelSet;
  readonly value: TableValue;
}

/** One row a series. */
export function tableRows(data: QueryData): readonly TableRow[] {
  switch (data.resultType) {
    case 'vector':
      return data.result.map(({ metric, value, histogram }) => rowOf(metric, histogram === undefined ? { kind: 'sample', text: value?.[1] ?? 'NaN' } : { kind: 'histogram', histogram: histogram[1] }));
    case 'matrix':
      return data.result.map(({ metric, values = [], histograms = [] }) => rowOf(metric, { kind: 'samples', samples: values, histograms }));
    case 'scalar':
      return [rowOf({}, { kind: 'sample', text: data.result[1] })];
    case 'string':
      return [rowOf({}, { kind: 'text', text: data.result[1] })];
  }
}

/** Rows whose name holds every word of the filter, in the order that was asked for. NaN, and what is no number, comes last either way. */
export function shownRows(rows: readonly TableRow[], { filter, sort }: { readonly filter: string; readonly sort: TableSort | null }): readonly TableRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const found = words.length === 0 ? rows : rows.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
  if (sort === null) return found;
  const direction = sort.descending ? -1 : 1;
  if (sort.by === 'series') return found.toSorted((a, b) => direction * compareNames(a.name, b.name));
  const valued = found.map((row) => ({ row, value: rowNumber(row) }));
  return valued.sort((a, b) => compareNumbers(a.value, b.value, direction)).map(({ row }) => row);
}

/** Lines of series and value, to be pasted elsewhere; a sample of a range also with its time. */
export function rowsText(rows: readonly TableRow[]): string {
  return rows.map(rowText).join('\n');
}

function rowText({ name, value }: TableRow): string {
  switch (value.kind) {
    case 'sample':
      return `${name} ${value.text}`;
    case 'text':
      return value.text;
    case 'histogram':
      return `${name} ${histogramText(value.histogram)}`;
    case 'samples':
      return [...value.samples.map(([sec, text]) => `${name} ${text} @${sec}`), ...value.histograms.map(([sec, histogram]) => `${name} ${histogramText(histogram)} @${sec}`)].join('\n');
  }
}

function histogramText({ count, sum, buckets = [] }: NativeHistogram): string {
  return `{count:${count}, sum:${sum}${buckets.map((bucket) => `, ${bucketText(bucket)}:${bucket[3]}`).join('')}}`;
}

/** `(0.5,1]`: a round bracket leaves its bound out. */
export function bucketText([rule, lower, upper]: readonly [number, string, string, string]): string {
  const [lowerIn, upperIn] = [rule === 1 || rule === 3, rule === 0 || rule === 3];
  return `${lowerIn ? '[' : '('}${lower},${upper}${upperIn ? ']' : ')'}`;
}

function rowOf(labels: LabelSet, value: TableValue): TableRow {
  return { name: seriesText(labels), labels, value };
}

/** By what a row is ordered: its value, the count of a histogram, the newest of several samples. */
function rowNumber({ value }: TableRow): number {
  if (value.kind === 'sample') return sampleNumber(value.text);
  if (value.kind === 'histogram') return sampleNumber(value.histogram.count);
  return value.kind === 'samples' ? sampleNumber(value.samples.at(-1)?.[1] ?? 'NaN') : Number.NaN;
}

function compareNumbers(a: number, b: number, direction: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a === b ? 0 : direction * (a < b ? -1 : 1);
}

// One collator for all: making one for each comparison is what makes sorting ten thousand names slow.
const { compare: compareNames } = new Intl.Collator('en', { numeric: true });
