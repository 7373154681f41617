import type { CellsBuilder } from './cells-builder.js';
import { sampleAt, type Cells } from './columns.js';

/** The samples at steps where `mask` is `wanted`; null when none is left. */
export function maskedCells(cells: Cells, mask: Uint8Array, wanted: 0 | 1, builder: CellsBuilder): Cells | null {
  const end = cells.from + cells.values.length;
  if (isUniform(mask, wanted, cells.from, end)) return cells;
  for (let step = cells.from; step < end; step++) {
    if (mask[step] !== wanted) continue;
    const sample = sampleAt(cells, step);
    if (sample !== null) builder.add(step, sample);
  }
  return builder.finish();
}

function isUniform(mask: Uint8Array, wanted: 0 | 1, from: number, end: number): boolean {
  const other = mask.indexOf(1 - wanted, from);
  return other < 0 || other >= end;
}
