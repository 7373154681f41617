import { labelsKey } from '#metrics';
import { QueryError } from '../query-error.js';
import { CellsBuilder } from './cells-builder.js';
import { CELL, kindAt, sampleAt, toColumn, type Cells, type Column } from './columns.js';
import { groupBy } from './group-by.js';

export function duplicateLabelSet(): QueryError {
  return new QueryError('execution', 'vector cannot contain metrics with the same labelset');
}

/** Makes one column of those with the same labels. Throws QueryError when two of them have a sample at the same step. */
export function mergeSameLabels(columns: readonly Column[]): readonly Column[] {
  if (columns.length < 2) return columns;
  const byKey = groupBy(columns, ({ labels }) => labelsKey(labels));
  if (byKey.size === columns.length) return columns;
  return [...byKey.values()].map((same) => (same.length === 1 ? same[0]! : merged(same)));
}

function merged(columns: readonly Column[]): Column {
  const [first] = columns as readonly [Column, ...Column[]];
  if (firstOverlap(columns) !== null) throw duplicateLabelSet();
  const builder = new CellsBuilder();
  const end = Math.max(...columns.map(endOf));
  for (let step = Math.min(...columns.map(({ from }) => from)); step < end; step++) {
    const sample = columns.map((column) => sampleAt(column, step)).find((found) => found !== null);
    if (sample !== undefined && sample !== null) builder.add(step, sample);
  }
  return toColumn(first.labels, first.dropName, builder.finish()!);
}

export function endOf({ from, values }: Cells): number {
  return from + values.length;
}

export interface Overlap<C extends Cells> {
  readonly step: number;
  readonly earlier: C;
  readonly later: C;
}

/** The first step at which two of the columns have a sample, of the steps that `counts` lets count. */
export function firstOverlap<C extends Cells>(columns: readonly C[], counts: (step: number) => boolean = () => true): Overlap<C> | null {
  const end = Math.max(...columns.map(endOf));
  for (let step = Math.min(...columns.map(({ from }) => from)); step < end; step++) {
    const present = columns.filter((column) => kindAt(column, step) !== CELL.none);
    if (present.length > 1 && counts(step)) return { step, earlier: present[0]!, later: present[1]! };
  }
  return null;
}
