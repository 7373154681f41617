import { withoutParens } from '../engine/expressions.js';
import { labelsOfAbsent } from '../engine/labels-of-absent.js';
import type { VectorFunction } from './function-kinds.js';

/** 1 where the vector is empty, with the labels that its selector says the missing series would have. */
export const ABSENT: VectorFunction = {
  kind: 'vector',
  evaluate: ([vector], { call }) => {
    if (vector?.type === 'vector' && vector.samples.length > 0) return [];
    return [{ labels: labelsOfAbsent(withoutParens(call.args[0]!)), dropName: false, value: 1 }];
  },
};
