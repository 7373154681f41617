import { METRIC_NAME, type Labels } from '#metrics';
import type { Column } from './columns.js';
import { groupBy } from './group-by.js';
import { onlyLabels, withoutLabels } from './label-sets.js';

export interface Grouping {
  readonly without: boolean;
  readonly labels: readonly string[];
}

/** The series that an aggregation makes one of. */
export interface Group {
  readonly labels: Labels;
  readonly members: readonly Column[];
}

/** In the order in which the groups first appear. */
export function groupColumns(columns: readonly Column[], grouping: Grouping): readonly Group[] {
  if (!grouping.without && grouping.labels.length === 0) return columns.length === 0 ? [] : [{ labels: [], members: [...columns] }];
  const keyOf = groupKeys(grouping);
  return [...groupBy(columns, ({ labels }) => keyOf(labels)).values()].map((members) => ({ labels: groupLabels(members[0]!.labels, grouping), members }));
}

/** A text that is the same for labels of one group. Lengths stand before the parts because they may hold any character. */
export function groupKeys({ without, labels: names }: Grouping): (labels: Labels) => string {
  const listed = new Set(without ? [...names, METRIC_NAME] : names);
  return (labels) => {
    let key = '';
    for (const { name, value } of labels) if (listed.has(name) !== without) key += `${name.length}:${name}${value.length}:${value}`;
    return key;
  };
}

export function groupLabels(labels: Labels, { without, labels: names }: Grouping): Labels {
  return without ? withoutLabels(labels, new Set([...names, METRIC_NAME])) : onlyLabels(labels, new Set(names));
}
