import { METRIC_NAME, type Labels } from '#metrics';
import type { Expr } from '../ast.js';
import { withLabel } from './label-sets.js';

/** What can be said of a series that is not there: the labels that an equality asks for and nothing else does. */
export function labelsOfAbsent(expr: Expr): Labels {
  const selector = expr.type === 'matrix-selector' ? expr.vector : expr;
  if (selector.type !== 'vector-selector') return [];
  const asked = new Set<string>();
  let labels: Labels = [];
  for (const { name, operator, value } of selector.matchers) {
    if (name === METRIC_NAME) continue;
    labels = withLabel(labels, name, operator === '=' && !asked.has(name) ? value : '');
    if (operator === '=') asked.add(name);
  }
  return labels;
}
