import type { ExploreSearch } from './explore-address.js';
import { QUERY_FIELDS } from './explore-address.js';
import { durationText, parseDuration } from './prom-duration.js';
import type { TimeRange } from './time-range.js';
import { FIRST_RANGE, between } from './time-range.js';

export interface ViewedQuery {
  readonly text: string;
  readonly hidden: boolean;
}
export type ExploreTab = 'chart' | 'table';
/** Zero: only when asked. */
export const REFRESH_CHOICES_SEC = [0, 5, 15, 60] as const;
export type RefreshSec = (typeof REFRESH_CHOICES_SEC)[number];
export interface TableSort {
  readonly by: 'series' | 'value';
  readonly descending: boolean;
}

/** What the Explore screen shows. */
export interface ExploreView {
  /** None empty; at most eight. */
  readonly queries: readonly ViewedQuery[];
  readonly tab: ExploreTab;
  readonly range: TimeRange;
  /** Null: chosen by the length of the range. */
  readonly stepSec: number | null;
  readonly refreshSec: RefreshSec;
  readonly filter: string;
  /** Null: as the server ordered them. */
  readonly sort: TableSort | null;
  readonly browsing: boolean;
}

export function readView(search: ExploreSearch): ExploreView {
  const hidden = new Set(search.hidden?.split(','));
  return {
    // Numbers in `hidden` count what is there: an address typed by hand may leave fields out.
    queries: QUERY_FIELDS.flatMap((field) => (isBlank(search[field]) ? [] : [search[field] ?? ''])).map((text, i) => ({ text, hidden: hidden.has(String(i + 1)) })),
    tab: search.tab === 'table' ? 'table' : 'chart',
    range: readRange(search),
    stepSec: search.step === undefined ? null : parseDuration(search.step),
    refreshSec: REFRESH_CHOICES_SEC.find((sec) => sec > 0 && durationText(sec) === search.refresh) ?? 0,
    filter: search.filter ?? '',
    sort: readSort(search.sort),
    browsing: search.metrics === 'open',
  };
}

/** The shortest address that `readView` reads as this view. */
export function writeView({ queries, tab, range, stepSec, refreshSec, filter, sort, browsing }: ExploreView): ExploreSearch {
  const hidden = queries.flatMap((query, i) => (query.hidden ? [i + 1] : [])).join(',');
  return {
    ...Object.fromEntries(queries.map(({ text }, i) => [QUERY_FIELDS[i], text])),
    ...(hidden !== '' && { hidden }),
    ...(tab === 'table' && { tab }),
    ...writeRange(range),
    ...(stepSec !== null && { step: durationText(stepSec) }),
    ...(refreshSec > 0 && { refresh: durationText(refreshSec) }),
    ...(filter !== '' && { filter }),
    ...(sort !== null && { sort: `${sort.descending ? '-' : ''}${sort.by}` }),
    ...(browsing && { metrics: 'open' }),
  };
}

function readRange({ from, to, range }: ExploreSearch): TimeRange {
  const [fromSec, toSec] = [from, to].map((text) => (text === undefined ? Number.NaN : Date.parse(text) / 1_000));
  if (fromSec !== undefined && toSec !== undefined && fromSec < toSec) return between(fromSec, toSec);
  const sec = range === undefined ? null : parseDuration(range);
  return sec === null ? FIRST_RANGE : { kind: 'last', sec };
}

function writeRange(range: TimeRange): ExploreSearch {
  if (range.kind === 'between') return { from: isoText(range.fromSec), to: isoText(range.toSec) };
  return range.sec === (FIRST_RANGE.kind === 'last' && FIRST_RANGE.sec) ? {} : { range: durationText(range.sec) };
}

function readSort(text: string | undefined): TableSort | null {
  const by = text?.replace(/^-/, '');
  return by === 'series' || by === 'value' ? { by, descending: text !== by } : null;
}

function isoText(sec: number): string {
  return new Date(sec * 1_000).toISOString().replace('.000Z', 'Z');
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}
