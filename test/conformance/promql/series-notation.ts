import type { Histogram, Labels } from '#metrics';
import { METRIC_NAME } from '#metrics';
import { parseGoNumber } from './go-number.js';
import { readQuoted } from './go-quoted.js';
import { addHistograms, parseHistogram } from './histogram-notation.js';
import { sortedLabels } from './label-bytes.js';

/** One place in a series: a sample, the end of the series, or nothing. */
export type SequenceValue =
  | { readonly type: 'omitted' }
  | { readonly type: 'stale' }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'histogram'; readonly histogram: Histogram; readonly hintGiven: boolean };

export interface SeriesLine {
  readonly labels: Labels;
  readonly values: readonly SequenceValue[];
}

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const LABEL = /[a-zA-Z_][a-zA-Z0-9_]*/y;
const SPACE = /\s*/y;
const FLOAT = '[+-]?(?:inf|nan|(?:[0-9][0-9_]*\\.?[0-9_]*|\\.[0-9]+)(?:e[+-]?[0-9]+)?)';
const FLOATS = new RegExp(`(${FLOAT})(?:([+-](?:${FLOAT.slice(5)}))?x([0-9]+))?(?=\\s|$)`, 'iy');
const OMITTED = /_(?:x([0-9]+))?(?=\s|$)/y;
const STALE = /stale(?:x([0-9]+))?(?=\s|$)/y;
const HISTOGRAMS = /\{\{(.*?)\}\}(?:(?:([+-])\{\{(.*?)\}\})?x([0-9]+))?(?=\s|$)/y;

/** A series and its values, such as `up{job="a"} 0+1x10 _ stale` (Prometheus, "Unit testing for rules", section "series"). */
export function parseSeriesLine(line: string): SeriesLine {
  const { labels, end } = readMetric(line, 0);
  if (end < line.length && !/\s/.test(line[end]!)) throw new Error(`unexpected ${JSON.stringify(line.slice(end))} in series`);
  return { labels, values: readValues(line, end) };
}

/** The name and labels at the start of a line. */
export function readMetric(line: string, at: number): { readonly labels: Labels; readonly end: number } {
  const labels = new Map<string, string>();
  const name = match(NAME, line, at)?.[0] ?? '';
  let end = at + name.length;
  if (line[end] === '{') end = readLabels(line, end + 1, labels);
  if (name !== '') labels.set(METRIC_NAME, name);
  return { labels: sortedLabels(labels), end };
}

function readLabels(line: string, start: number, labels: Map<string, string>): number {
  const skip = (at: number): number => at + match(SPACE, line, at)![0].length;
  let at = skip(start);
  while (line[at] !== '}') {
    const quoted = readQuoted(line, at);
    const name = quoted?.value ?? match(LABEL, line, at)?.[0];
    if (name === undefined) throw new Error(`expected a label: ${line.slice(at)}`);
    at = skip(quoted?.end ?? at + name.length);
    if (line[at] === '=') {
      const value = readQuoted(line, skip(at + 1));
      if (value === null) throw new Error(`expected a string: ${line.slice(at)}`);
      labels.set(name, value.value);
      at = skip(value.end);
    } else if (quoted !== null) labels.set(METRIC_NAME, name);
    else throw new Error(`expected "=": ${line.slice(at)}`);
    if (line[at] === ',') at = skip(at + 1);
    else if (line[at] !== '}') throw new Error(`expected "," or "}": ${line.slice(at)}`);
  }
  return at + 1;
}

function readValues(line: string, start: number): readonly SequenceValue[] {
  const values: SequenceValue[] = [];
  for (let at = start; ; ) {
    at += match(SPACE, line, at)![0].length;
    if (at >= line.length) return values;
    const item = readItem(line, at);
    values.push(...item.values);
    at += item.length;
  }
}

function readItem(line: string, at: number): { readonly values: readonly SequenceValue[]; readonly length: number } {
  const omitted = match(OMITTED, line, at);
  if (omitted !== null) return { values: repeat(Number(omitted[1] ?? 1), () => ({ type: 'omitted' })), length: omitted[0].length };
  const stale = match(STALE, line, at);
  if (stale !== null) return { values: repeat(Number(stale[1] ?? 0) + 1, () => ({ type: 'stale' })), length: stale[0].length };
  const histograms = match(HISTOGRAMS, line, at);
  if (histograms !== null) return { values: histogramsOf(histograms), length: histograms[0].length };
  const floats = match(FLOATS, line, at);
  if (floats !== null) return { values: floatsOf(floats), length: floats[0].length };
  throw new Error(`bad series value: ${line.slice(at)}`);
}

/** `a`, `axn` or `a+bxn`: n counts the values after the first. */
function floatsOf([, first, step, times]: RegExpExecArray): readonly SequenceValue[] {
  const stepValue = step === undefined ? 0 : parseGoNumber(step);
  let value = parseGoNumber(first!);
  return repeat(Number(times ?? 0) + 1, (index) => {
    // Added up one by one: the sums must round as those of the scripts' own runner.
    if (index > 0) value += stepValue;
    return { type: 'float', value };
  });
}

function histogramsOf([, first, sign, step, times]: RegExpExecArray): readonly SequenceValue[] {
  const base = parseHistogram(first!);
  const added = step === undefined ? null : parseHistogram(step);
  const { hintGiven } = added ?? base;
  let { histogram } = base;
  return repeat(Number(times ?? 0) + 1, (index) => {
    if (index > 0 && added !== null) histogram = addHistograms(histogram, added.histogram, sign === '-' ? -1 : 1);
    return { type: 'histogram', histogram, hintGiven };
  });
}

const repeat = (count: number, value: (index: number) => SequenceValue): readonly SequenceValue[] => Array.from({ length: count }, (_, index) => value(index));

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
