import type { Matching } from '../ast.js';
import { CellsBuilder } from './cells-builder.js';
import { toColumn, type Column } from './columns.js';
import { mergeSameLabels } from './duplicates.js';
import { maskedCells } from './masked-cells.js';
import type { SetOperator } from './operators.js';
import { matchGroups, presence, type MatchGroup } from './vector-matching.js';

/** Keeps or leaves out samples, at each step, by whether the other side has any with the same labels to be matched. */
export function combineSets(operator: SetOperator, { left, right }: MatchGroup, matching: Matching, steps: number): readonly Column[] {
  const kept = new Map<Column, Column>();
  const builder = new CellsBuilder();
  for (const group of matchGroups(left, right, matching)) keepOfGroup(operator, group, { steps, kept, builder });
  const results = [...left, ...right].map((column) => kept.get(column)).filter((column) => column !== undefined);
  return operator === 'or' && steps > 1 ? mergeSameLabels(results) : results;
}

interface Keeping {
  readonly steps: number;
  /** By the column that it is of. */
  readonly kept: Map<Column, Column>;
  readonly builder: CellsBuilder;
}

function keepOfGroup(operator: SetOperator, { left, right }: MatchGroup, keeping: Keeping): void {
  switch (operator) {
    case 'and':
      keep(left, right, 1, keeping);
      return;
    case 'unless':
      keep(left, right, 0, keeping);
      return;
    case 'or':
      keep(left, [], 0, keeping);
      keep(right, left, 0, keeping);
  }
}

function keep(columns: readonly Column[], others: readonly Column[], wanted: 0 | 1, { steps, kept, builder }: Keeping): void {
  if (others.length === 0) {
    if (wanted === 0) for (const column of columns) kept.set(column, column);
    return;
  }
  const mask = presence(others, steps);
  for (const column of columns) {
    const cells = maskedCells(column, mask, wanted, builder);
    if (cells !== null) kept.set(column, cells === column ? column : toColumn(column.labels, column.dropName, cells));
  }
}
