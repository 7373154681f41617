import { compilePattern } from '../labels/compile-pattern.js';
import type { Matcher } from '../labels/matcher.js';
import type { IndexedLabels } from './indexed-label.js';
import { difference, intersection, NO_IDS, union } from './sorted-ids.js';
import type { SortedIds } from './sorted-ids.js';

// The worst pattern that compiles takes some 30 ms a value, so this is half a second of it.
const VALUES_PER_CHECKPOINT = 16;

interface Index {
  readonly labels: IndexedLabels;
  readonly all: () => SortedIds;
}

/**
 * How a matcher takes part. One that an absent label fails names the series it wants; one that an absent label passes can only name those it does not want, because
 * no list holds the series without a label.
 */
interface Condition {
  readonly name: string;
  readonly wants: boolean;
  /** Of the values that are wanted, or not wanted. */
  readonly picks: (value: string) => boolean;
  /** All values that `picks` takes, where they are known without asking for each. */
  readonly values: readonly string[] | null;
}

/** The ids of series that match all. Each pattern meets each value of its label once, not each series. */
export function matchingIds(matchers: readonly Matcher[], index: Index, checkpoint: () => void): SortedIds {
  const conditions = matchers.map(conditionOf).sort((one, other) => rank(one) - rank(other));
  let found: SortedIds | null = null;
  for (const condition of conditions) {
    if (found?.length === 0) return NO_IDS;
    const lists = pickedLists(condition, index.labels, found, checkpoint);
    if (condition.wants) found = found === null || condition.values === null ? union(lists) : intersection(found, union(lists));
    else found = difference(found ?? index.all(), union(lists));
  }
  return found ?? index.all();
}

function conditionOf(matcher: Matcher): Condition {
  const { name, operator, value } = matcher;
  const negated = operator === '!=' || operator === '!~';
  const { matches, literals } = operator === '=~' || operator === '!~' ? compilePattern(value) : { matches: (one: string) => one === value, literals: [value] };
  const passes = (one: string): boolean => matches(one) !== negated;
  const wants = !passes('');
  // What is picked is what the pattern itself matches when that is wanted, or when it is negated and that is not.
  return { name, wants, picks: wants ? passes : (one) => !passes(one), values: wants !== negated ? literals : null };
}

/** What is cheap and narrows comes first, then what narrows, then what takes away. */
function rank({ wants, values }: Condition): number {
  return (wants ? 0 : 2) + (values === null ? 1 : 0);
}

/** Narrowed to what was found so far where all values are looked at, so that what is joined stays small. */
function pickedLists({ name, picks, values }: Condition, labels: IndexedLabels, found: SortedIds | null, checkpoint: () => void): SortedIds[] {
  const byValue = labels.get(name);
  if (byValue === undefined) return [];
  if (values !== null) return values.map((value) => byValue.get(value)?.series.ids() ?? NO_IDS);
  const lists: SortedIds[] = [];
  let looked = 0;
  for (const [value, { series }] of byValue) {
    if (looked++ % VALUES_PER_CHECKPOINT === 0) checkpoint();
    if (!picks(value)) continue;
    const ids = found === null ? series.ids() : intersection(found, series.ids());
    if (ids.length > 0) lists.push(ids);
  }
  return lists;
}
