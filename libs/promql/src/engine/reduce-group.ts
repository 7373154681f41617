import type { AggregateOperator } from '../ast.js';
import type { Notes } from '../functions/function-kinds.js';
import type { Cells, Column } from './columns.js';
import { averageFloats, countSamples, groupSamples, maxFloats, minFloats, quantileFloats, reducedCells, stddevFloats, stdvarFloats, sumFloats, type FloatReducer } from './reduce-floats.js';
import { reduceMixed } from './reduce-mixed.js';

type ReducingOperator = Exclude<AggregateOperator, 'topk' | 'bottomk' | 'limitk' | 'limit_ratio' | 'count_values'>;

interface Reduction {
  readonly steps: number;
  /** Of each step; empty for an operator without one. */
  readonly parameter: Float64Array;
  readonly notes: Notes;
}

/** Makes one series of a group's; null when no step has a sample. */
export function reduceGroup(operator: ReducingOperator, members: readonly Column[], reduction: Reduction): Cells | null {
  switch (operator) {
    case 'sum':
    case 'avg':
      if (members.some(hasHistograms)) return reduceMixed(operator, members, reduction);
      break;
    case 'min':
    case 'max':
    case 'stddev':
    case 'stdvar':
    case 'quantile':
      if (members.some(hasHistograms)) reduction.notes.info(`ignored histogram in ${operator} aggregation`);
      break;
    case 'count':
    case 'group':
  }
  return reducedCells(REDUCERS[operator](members, reduction.steps, reduction.parameter));
}

const REDUCERS: Record<ReducingOperator, FloatReducer> = {
  sum: sumFloats,
  avg: averageFloats,
  min: minFloats,
  max: maxFloats,
  stddev: stddevFloats,
  stdvar: stdvarFloats,
  quantile: quantileFloats,
  count: countSamples,
  group: groupSamples,
};

function hasHistograms({ histograms }: Cells): boolean {
  return histograms !== null;
}
