import type { Call } from '../ast.js';
import type { LabelFunction } from '../functions/function-kinds.js';
import { toColumn } from './columns.js';
import { mergeSameLabels } from './duplicates.js';
import type { Evaluated, Evaluation } from './evaluation.js';
import { withoutParens } from './expressions.js';

/** Each series once, whatever the steps. Throws QueryError when two become alike and have a sample at the same step. */
export async function evaluateLabelCall(call: Call, { prepare }: LabelFunction, evaluation: Evaluation): Promise<Evaluated> {
  const [vector, ...others] = call.args.map(withoutParens);
  const rename = prepare(others.map((text) => (text.type === 'string' ? text.value : '')));
  const columns = await evaluation.vector(vector!);
  const renamed = columns.map((column) => {
    const { labels, dropName } = rename(column);
    return toColumn(labels, dropName, column);
  });
  return { type: 'vector', columns: mergeSameLabels(renamed) };
}
