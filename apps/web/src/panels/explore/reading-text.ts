import { lastValue } from '../chart/points.js';
import { formatNumber } from '../format/number.js';

/** The value of a line at a point of the grid, or the newest when there is none. */
export function readingText(column: readonly (number | null)[] | undefined, index: number | null): string {
  return formatNumber(index === null ? lastValue(column ?? []) : (column?.[index] ?? null));
}
