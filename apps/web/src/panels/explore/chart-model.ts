import type { RangeSeries } from '../../api/prometheus-api.js';
import type { ChartLine } from '../chart/plot-options.js';
import { lineLook } from './line-colours.js';
import { sampleNumber } from './sample-text.js';
import { tellingNames } from './series-name.js';

/** More lines cannot be told apart, and drawing them would stop the page. */
export const MAX_LINES = 200;

export interface Grid {
  readonly startSec: number;
  readonly endSec: number;
  readonly stepSec: number;
}

/** What one query answered. `letter` names it among the others; empty when it is the only one. */
export interface QuerySeries {
  readonly letter: string;
  readonly series: readonly RangeSeries[];
}

/** Lines of one query that follow each other in `lines`. */
export interface LineGroup {
  readonly letter: string;
  /** What the names of its lines leave out. */
  readonly shared: string;
  readonly from: number;
  readonly count: number;
}

export interface ChartModel {
  /** Seconds of the grid first, then one column a line; null where there is nothing to draw. */
  readonly data: [number[], ...(number | null)[][]];
  readonly lines: readonly ChartLine[];
  readonly groups: readonly LineGroup[];
  /** All series, also those that are not drawn. */
  readonly total: number;
  /** NaN and infinities, which have no place on a chart. */
  readonly notFinite: number;
  /** Drawn series whose samples are native histograms; their line is the mean. */
  readonly histograms: number;
}

export function chartModel(queries: readonly QuerySeries[], grid: Grid): ChartModel {
  const secs = gridSecs(grid);
  const shares = fairShares(queries.map(({ series }) => series.length), MAX_LINES);
  const drawn = queries.map(({ letter, series }, i) => ({ letter, series: series.slice(0, shares[i]) }));
  const all = drawn.flatMap(({ series }) => series);
  const columns = all.map((series) => columnOf(series, grid, secs.length));
  return {
    data: [secs, ...columns.map(({ values }) => values)],
    ...linesOf(drawn),
    total: queries.reduce((sum, { series }) => sum + series.length, 0),
    notFinite: columns.reduce((sum, column) => sum + column.notFinite, 0),
    histograms: all.filter(({ histograms }) => histograms !== undefined).length,
  };
}

/** How many of `most` each gets: as many as it wants where that is little, and the rest in equal parts. */
export function fairShares(wanted: readonly number[], most: number): readonly number[] {
  const shares = wanted.map(() => 0);
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  let left = most;
  order.forEach((i, done) => {
    const share = Math.min(wanted[i] ?? 0, Math.floor(left / (order.length - done)));
    shares[i] = share;
    left -= share;
  });
  return shares;
}

function gridSecs({ startSec, endSec, stepSec }: Grid): number[] {
  return Array.from({ length: Math.max(1, Math.floor((endSec - startSec) / stepSec + 1e-9) + 1) }, (_, i) => startSec + i * stepSec);
}

function columnOf({ values = [], histograms = [] }: RangeSeries, { startSec, stepSec }: Grid, rows: number) {
  const column = new Array<number | null>(rows).fill(null);
  let notFinite = 0;
  const put = (sec: number, value: number): void => {
    const row = Math.round((sec - startSec) / stepSec);
    if (row < 0 || row >= rows) return;
    if (Number.isFinite(value)) column[row] = value;
    else notFinite += 1;
  };
  for (const [sec, text] of values) put(sec, sampleNumber(text));
  for (const [sec, { sum, count }] of histograms) put(sec, sampleNumber(sum) / sampleNumber(count));
  return { values: column, notFinite };
}

function linesOf(queries: readonly QuerySeries[]): { readonly lines: readonly ChartLine[]; readonly groups: readonly LineGroup[] } {
  const lines: ChartLine[] = [];
  const groups = queries.map(({ letter, series }) => {
    const { shared, names } = tellingNames(series.map(({ metric }) => metric));
    const from = lines.length;
    for (const label of names) lines.push({ label, ...lineLook(lines.length) });
    return { letter, shared, from, count: names.length };
  });
  return { lines, groups };
}
