import type { Binary, Matching } from '../ast.js';
import { combineSets } from './set-operations.js';
import type { Evaluated, Evaluation } from './evaluation.js';
import { isSetOperator } from './operators.js';
import { combineVectors } from './vector-binary.js';
import { combineScalars, combineWithScalar } from './vector-scalar.js';

// What two vectors match on when the query does not say: all labels.
const MATCH_ALL: Matching = { cardinality: 'one-to-one', on: false, labels: [], include: [], fill: { left: null, right: null } };

export async function evaluateBinary(binary: Binary, evaluation: Evaluation): Promise<Evaluated> {
  const left = await evaluation.evaluate(binary.left);
  const right = await evaluation.evaluate(binary.right);
  if (left.type === 'scalar' && right.type === 'scalar') return { type: 'scalar', values: combineScalars(binary, left.values, right.values) };
  if (left.type === 'vector' && right.type === 'scalar') return { type: 'vector', columns: await combineWithScalar(binary, { columns: left.columns, side: 'left' }, right.values, evaluation) };
  if (left.type === 'scalar' && right.type === 'vector') return { type: 'vector', columns: await combineWithScalar(binary, { columns: right.columns, side: 'right' }, left.values, evaluation) };
  if (left.type !== 'vector' || right.type !== 'vector') throw new RangeError('a binary operator takes scalars and vectors');
  const matching = binary.matching ?? MATCH_ALL;
  const sides = { left: left.columns, right: right.columns };
  if (isSetOperator(binary.operator)) return { type: 'vector', columns: combineSets(binary.operator, sides, matching, evaluation.steps) };
  return { type: 'vector', columns: await combineVectors(binary, matching, sides, evaluation) };
}
