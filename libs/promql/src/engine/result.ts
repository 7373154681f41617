import { compareLabels } from '#metrics';
import type { InstantSample, Point, RangeSeries } from '../value.js';
import { CELL, sampleAt, type Column } from './columns.js';
import { mergeSameLabels } from './duplicates.js';
import type { Evaluation } from './evaluation.js';
import { withoutMetadata } from './label-sets.js';

/** Names that operations have made wrong go only now. Throws QueryError when two series cannot be told apart without them. */
function dropNames(columns: readonly Column[]): readonly Column[] {
  return mergeSameLabels(columns.map((column) => (column.dropName ? { ...column, labels: withoutMetadata(column.labels) } : column)));
}

/** In the order that the query gave them. */
export function toVector(columns: readonly Column[], timeMs: number): InstantSample[] {
  return dropNames(columns).map((column) => ({ labels: column.labels, point: { timeMs, value: sampleAt(column, 0)! } }));
}

/** Sorted by labels. */
export function toMatrix(columns: readonly Column[], evaluation: Evaluation): RangeSeries[] {
  return dropNames(columns)
    .map((column) => ({ labels: column.labels, points: pointsOf(column, evaluation) }))
    .sort((a, b) => compareLabels(a.labels, b.labels));
}

function pointsOf(column: Column, evaluation: Evaluation): Point[] {
  const { from, values, kinds, histograms } = column;
  const points: Point[] = [];
  for (let i = 0; i < values.length; i++) {
    const kind = kinds === null ? CELL.float : kinds[i];
    if (kind !== CELL.none) points.push({ timeMs: evaluation.timeMs(from + i), value: kind === CELL.float ? values[i]! : histograms![i]! });
  }
  return points;
}
