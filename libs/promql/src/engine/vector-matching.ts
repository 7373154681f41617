import { METRIC_NAME, type Labels } from '#metrics';
import type { BinaryOperator, Matching } from '../ast.js';
import { CELL, type Cells, type Column } from './columns.js';
import { onlyLabels, withLabel, withoutLabels, withoutMetadata } from './label-sets.js';
import { isArithmetic } from './operators.js';

/** The series of both sides that can meet: those whose labels to be matched are the same. */
export interface MatchGroup {
  readonly left: readonly Column[];
  readonly right: readonly Column[];
}

export function matchGroups(left: readonly Column[], right: readonly Column[], matching: Matching): Iterable<MatchGroup> {
  const signatureOf = signatures(matching);
  const groups = new Map<string, { readonly left: Column[]; readonly right: Column[] }>();
  const groupOf = (labels: Labels): { readonly left: Column[]; readonly right: Column[] } => {
    const signature = signatureOf(labels);
    let group = groups.get(signature);
    if (group === undefined) {
      group = { left: [], right: [] };
      groups.set(signature, group);
    }
    return group;
  };
  for (const column of left) groupOf(column.labels).left.push(column);
  for (const column of right) groupOf(column.labels).right.push(column);
  return groups.values();
}

/** A text that is the same for labels that match. Lengths stand before the parts because they may hold any character. */
function signatures({ on, labels: names }: Matching): (labels: Labels) => string {
  const compared = new Set(on ? names : [...names, METRIC_NAME]);
  return (labels) => {
    let signature = '';
    for (const { name, value } of labels) if (compared.has(name) === on) signature += `${name.length}:${name}${value.length}:${value}`;
    return signature;
  };
}

/** The labels of a match group, which stand in for those of a side that is missing. */
export function matchedLabels(labels: Labels, { on, labels: names }: Matching): Labels {
  return on ? onlyLabels(labels, new Set(names)) : withoutLabels(labels, new Set([...names, METRIC_NAME]));
}

/** How labels of the result come from those of the side that may be many, and of the one. */
export function resultLabels(operator: BinaryOperator, matching: Matching): (many: Labels, one: Labels) => Labels {
  const names = new Set(matching.labels);
  const dropsMetadata = isArithmetic(operator);
  return (many, one) => {
    let labels = dropsMetadata ? withoutMetadata(many) : many;
    if (matching.cardinality === 'one-to-one') labels = matching.on ? onlyLabels(labels, names) : withoutLabels(labels, names);
    for (const name of matching.include) labels = withLabel(labels, name, one.find((label) => label.name === name)?.value ?? '');
    return labels;
  };
}

/** At which steps any of the series has a sample: 1, else 0. */
export function presence(series: readonly Cells[], steps: number): Uint8Array {
  const present = new Uint8Array(steps);
  for (const { from, values, kinds } of series) {
    if (kinds === null) present.fill(1, from, from + values.length);
    else for (let i = 0; i < kinds.length; i++) if (kinds[i] !== CELL.none) present[from + i] = 1;
  }
  return present;
}
