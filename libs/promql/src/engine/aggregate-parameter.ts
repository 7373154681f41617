import type { AggregateOperator } from '../ast.js';
import type { Notes } from '../functions/function-kinds.js';
import { QueryError } from '../query-error.js';
import { invalidQuantile } from '../functions/note-texts.js';
import { formatGeneral } from '../parser/go-number.js';

const INT64_LIMIT = 2 ** 63;

/** False when the aggregation gives nothing at any step. Throws QueryError for a parameter that makes no sense. `values` are those of all steps. */
export function checkParameter(operator: AggregateOperator, values: Float64Array, notes: Notes): boolean {
  // Not spread into Math.max: there may be more steps than a call takes arguments.
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  if (operator === 'limit_ratio') return checkRatio(most, least, notes);
  if (operator === 'quantile') return checkQuantile(most, least, notes);
  return checkCount(most, least);
}

function checkCount(most: number, least: number): boolean {
  if (most < 1) return false;
  if (Number.isNaN(most)) throw new QueryError('execution', 'Parameter value is NaN');
  if (least <= -INT64_LIMIT) throw new QueryError('execution', `Scalar value ${formatGeneral(least)} underflows int64`);
  if (most >= INT64_LIMIT) throw new QueryError('execution', `Scalar value ${formatGeneral(most)} overflows int64`);
  return true;
}

function checkRatio(most: number, least: number, notes: Notes): boolean {
  if (most === 0 && least === 0) return false;
  if (Number.isNaN(most)) throw new QueryError('execution', 'Ratio value is NaN');
  if (most > 1) notes.warn(`ratio value should be between -1 and 1, got ${formatGeneral(most)}, capping to 1`);
  if (least < -1) notes.warn(`ratio value should be between -1 and 1, got ${formatGeneral(least)}, capping to -1`);
  return true;
}

function checkQuantile(most: number, least: number, notes: Notes): boolean {
  if (Number.isNaN(most) || most > 1) notes.warn(invalidQuantile(most));
  if (least < 0) notes.warn(invalidQuantile(least));
  return true;
}
