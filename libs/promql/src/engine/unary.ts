import { scaleHistogram } from '#metrics';
import { toColumn, type Column } from './columns.js';
import type { Evaluated } from './evaluation.js';

export function negate(value: Evaluated): Evaluated {
  switch (value.type) {
    case 'string':
      return value;
    case 'scalar':
      return { type: 'scalar', values: value.values.map((float) => -float) };
    case 'vector':
      return { type: 'vector', columns: value.columns.map(negateColumn) };
  }
}

function negateColumn(column: Column): Column {
  const histograms = column.histograms?.map((histogram) => (histogram === null ? null : scaleHistogram(histogram, -1))) ?? null;
  return toColumn(column.labels, true, { ...column, values: column.values.map((float) => -float), histograms });
}
