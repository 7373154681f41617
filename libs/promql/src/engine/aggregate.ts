import type { Aggregate } from '../ast.js';
import type { Notes } from '../functions/function-kinds.js';
import { checkParameter } from './aggregate-parameter.js';
import { toColumn, type Column } from './columns.js';
import { countValues } from './count-values.js';
import type { Evaluated, Evaluation } from './evaluation.js';
import { withoutParens } from './expressions.js';
import { groupColumns, type Group } from './grouping.js';
import { reduceGroup } from './reduce-group.js';
import { selectSamples } from './select-samples.js';

export async function evaluateAggregate(aggregate: Aggregate, evaluation: Evaluation): Promise<Evaluated> {
  const { annotations, budget } = evaluation.query;
  const param = aggregate.param === null ? null : withoutParens(aggregate.param);
  const inner = withoutParens(aggregate.expr);
  const parameter = param === null ? null : await evaluation.evaluate(param);
  const columns = await evaluation.vector(inner);
  if (parameter?.type === 'string') return { type: 'vector', columns: await countValues(aggregate, parameter.value, columns, evaluation) };
  const values = parameter?.type === 'scalar' ? parameter.values : new Float64Array(0);
  if (param !== null && !checkParameter(aggregate.operator, values, annotations.at(param.position))) return { type: 'vector', columns: [] };
  const aggregateGroup = aggregation(aggregate, values, { ofAggregate: annotations.at(aggregate.position), ofInner: annotations.at(inner.position) });
  const results: Column[] = [];
  for (const group of groupColumns(columns, aggregate)) {
    const made = aggregateGroup(group, evaluation.steps);
    for (const column of made) {
      budget.hold(column.samples);
      results.push(column);
    }
    if (budget.spend(group.members.length * evaluation.steps)) await budget.pause();
  }
  return { type: 'vector', columns: results };
}

interface Places {
  readonly ofAggregate: Notes;
  readonly ofInner: Notes;
}

function aggregation({ operator }: Aggregate, parameter: Float64Array, { ofAggregate, ofInner }: Places): (group: Group, steps: number) => readonly Column[] {
  switch (operator) {
    case 'topk':
    case 'bottomk':
    case 'limitk':
    case 'limit_ratio':
      return ({ members }) => selectSamples(operator, members, parameter, ofAggregate);
    case 'count_values':
      throw new RangeError('count_values takes a string');
    case 'sum':
    case 'avg':
    case 'min':
    case 'max':
    case 'group':
    case 'stddev':
    case 'stdvar':
    case 'count':
    case 'quantile':
      return ({ labels, members }, steps) => {
        const cells = reduceGroup(operator, members, { steps, parameter, notes: ofInner });
        return cells === null ? [] : [toColumn(labels, members.some(({ dropName }) => dropName), cells)];
      };
  }
}
