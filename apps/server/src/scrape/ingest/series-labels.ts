import { compareUtf8, compileRelabeling, labelsFromPairs } from '#metrics';
import type { Label, Labels, RelabelRule } from '#metrics';

const EXPORTED = 'exported_';

/** Gives the labels under which a series is stored, or null when metric relabelling drops it. */
export type SeriesLabeling = (exposed: Labels) => Labels | null;

export function seriesLabeling(targetLabels: Labels, honorLabels: boolean, rules: readonly RelabelRule[]): SeriesLabeling {
  const relabel = rules.length === 0 ? null : compileRelabeling(rules);
  return (exposed) => {
    const joined = merged(exposed, targetLabels) ?? (honorLabels ? withTargetBelow(exposed, targetLabels) : withTargetAbove(exposed, targetLabels));
    return relabel === null ? joined : relabel(joined);
  };
}

/** Both lists in one, which is all there is to do for nearly every series; null when they share a name. */
function merged(one: Labels, other: Labels): Labels | null {
  const labels: Label[] = [];
  let at = 0;
  for (const label of other) {
    while (at < one.length && compareUtf8(one[at]!.name, label.name) < 0) labels.push(one[at++]!);
    if (one[at]?.name === label.name) return null;
    labels.push(label);
  }
  while (at < one.length) labels.push(one[at++]!);
  return labels;
}

/** honor_labels: what the target says of itself stays. */
function withTargetBelow(exposed: Labels, targetLabels: Labels): Labels {
  const labels = new Map(targetLabels.map(pair));
  for (const { name, value } of exposed) labels.set(name, value);
  return labelsFromPairs(labels);
}

/** A label that both have is the target's; the exposed one goes to `exported_` and its name, with as many prefixes as it takes to find a free name. Short names go first. */
function withTargetAbove(exposed: Labels, targetLabels: Labels): Labels {
  const labels = new Map(exposed.map(pair));
  const displaced: Label[] = [];
  for (const { name, value } of targetLabels) {
    const own = labels.get(name);
    if (own !== undefined) displaced.push({ name, value: own });
    labels.set(name, value);
  }
  for (const { name, value } of displaced.sort((one, other) => one.name.length - other.name.length)) {
    let free = `${EXPORTED}${name}`;
    while (labels.has(free)) free = `${EXPORTED}${free}`;
    labels.set(free, value);
  }
  return labelsFromPairs(labels);
}

function pair({ name, value }: Label): [string, string] {
  return [name, value];
}
