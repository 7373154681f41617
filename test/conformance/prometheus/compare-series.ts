import { keyOf } from './metric-api.js';
import type { RangeSeries } from './metric-api.js';

/** How far two values may lie apart, as a share of the greater. */
export const TOLERANCE = 1e-6;
const EXACT = 0;
const SHOWN = 3;

/** What differs between two answers to one query, in words; null when nothing does. Times must be the same to the millisecond, values within `tolerance`. */
export function differenceOf(expected: readonly RangeSeries[], got: readonly RangeSeries[], tolerance = TOLERANCE): string | null {
  const [wanted, found] = [bySeries(expected), bySeries(got)];
  const missing = [...wanted.keys()].filter((key) => !found.has(key));
  const extra = [...found.keys()].filter((key) => !wanted.has(key));
  const differing = [...wanted].flatMap(([key, series]) => problemOf(key, series, found.get(key), tolerance) ?? []);
  const problems = [...list('series are missing', missing), ...list('series are too many', extra), ...list('series differ', differing)];
  return problems.length === 0 ? null : problems.join('\n');
}

/** The same samples, bit by bit. */
export function exactDifferenceOf(expected: readonly RangeSeries[], got: readonly RangeSeries[]): string | null {
  return differenceOf(expected, got, EXACT);
}

/** What stands in one list and not in the other; null when they hold the same, in whatever order. */
export function listDifference(expected: readonly string[], got: readonly string[]): string | null {
  const [wanted, found] = [new Set(expected), new Set(got)];
  const problems = [...list('are missing', [...wanted].filter((one) => !found.has(one))), ...list('are too many', [...found].filter((one) => !wanted.has(one)))];
  return problems.length === 0 ? null : problems.join('\n');
}

function bySeries(series: readonly RangeSeries[]): Map<string, RangeSeries> {
  return new Map(series.map((one) => [keyOf(one.metric), one]));
}

function problemOf(key: string, expected: RangeSeries, got: RangeSeries | undefined, tolerance: number): string | null {
  if (got === undefined) return null;
  const found = new Map(got.values.map(([sec, value]) => [Math.round(sec * 1_000), value]));
  const wrong = expected.values.filter(([sec, value]) => !agree(value, found.get(Math.round(sec * 1_000)), tolerance));
  if (wrong.length === 0 && expected.values.length === got.values.length) return null;
  const [sec, value] = wrong[0] ?? [NaN, ''];
  const first = wrong.length === 0 ? '' : `; at ${sec} expected ${value}, got ${found.get(Math.round(sec * 1_000)) ?? 'nothing'}`;
  return `${key}: ${wrong.length} of ${expected.values.length} points differ, ${got.values.length} came${first}`;
}

function agree(expected: string, got: string | undefined, tolerance: number): boolean {
  if (got === undefined) return false;
  const [one, other] = [numberOf(expected), numberOf(got)];
  if (Object.is(one, other) || one === other) return true;
  // The distance to infinity is no more than any share of infinity.
  if (!Number.isFinite(one) || !Number.isFinite(other)) return false;
  return Math.abs(one - other) <= tolerance * Math.max(Math.abs(one), Math.abs(other));
}

function numberOf(text: string): number {
  return text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text);
}

function list(what: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`${items.length} ${what}: ${items.slice(0, SHOWN).join(' | ')}${items.length > SHOWN ? ' | ...' : ''}`];
}
