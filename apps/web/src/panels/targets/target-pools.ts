import type { ActiveTarget, LabelSet, TargetsData } from '../../api/prometheus-api.js';
import type { TargetHealth, TargetsSearch } from './targets-address.js';

/** One job with those of its targets that are looked for. */
export interface TargetPool {
  readonly name: string;
  readonly targets: readonly ActiveTarget[];
  /** Of all its targets, also those that are not looked for. */
  readonly up: number;
  readonly total: number;
}

/** The pools that have a target which is looked for, by name; in each the targets that are down come first. */
export function targetPools({ activeTargets }: TargetsData, { q = '', health }: TargetsSearch): readonly TargetPool[] {
  const words = q.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const isWanted = (target: ActiveTarget): boolean => (health === undefined || target.health === health) && words.every((word) => targetText(target).includes(word));
  const byPool = grouped(activeTargets, ({ scrapePool }) => scrapePool);
  return [...byPool]
    .map(([name, all]) => ({ name, targets: all.filter(isWanted).toSorted(compareTargets), up: all.filter((target) => target.health === 'up').length, total: all.length }))
    .filter(({ targets }) => targets.length > 0)
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

export function healthCounts({ activeTargets }: TargetsData): Readonly<Record<TargetHealth, number>> {
  const countOf = (health: TargetHealth): number => activeTargets.filter((target) => target.health === health).length;
  return { up: countOf('up'), down: countOf('down'), unknown: countOf('unknown') };
}

/** Dropped targets by pool; `total` counts also those that are not listed. */
export interface DroppedPool {
  readonly name: string;
  readonly targets: readonly LabelSet[];
  readonly total: number;
}

export function droppedPools({ droppedTargets, droppedTargetCounts = {} }: TargetsData): readonly DroppedPool[] {
  // Older servers do not say the pool; the job label is its name unless relabelling changed it.
  const listed = grouped(droppedTargets, ({ scrapePool, discoveredLabels }) => scrapePool ?? discoveredLabels.job ?? '');
  const names = new Set([...listed.keys(), ...Object.keys(droppedTargetCounts)]);
  return [...names]
    .map((name) => {
      const targets = (listed.get(name) ?? []).map(({ discoveredLabels }) => discoveredLabels);
      return { name, targets, total: Math.max(targets.length, droppedTargetCounts[name] ?? 0) };
    })
    .filter(({ total }) => total > 0)
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

/** Milliseconds since 1970 of a time of Go; null for its zero, which stands for never. */
export function momentMs(time: string | null | undefined): number | null {
  const ms = Date.parse(time ?? '');
  return Number.isNaN(ms) || ms < 0 ? null : ms;
}

function grouped<T>(items: readonly T[], groupOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groupOf(item);
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [item]);
    else members.push(item);
  }
  return groups;
}

function targetText({ scrapeUrl, scrapePool, labels, lastError }: ActiveTarget): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return [scrapeUrl, scrapePool, lastError, ...pairs].join(' ').toLowerCase();
}

const RANK: Readonly<Record<TargetHealth, number>> = { down: 0, unknown: 1, up: 2 };

function compareTargets(a: ActiveTarget, b: ActiveTarget): number {
  return RANK[a.health] - RANK[b.health] || a.scrapeUrl.localeCompare(b.scrapeUrl, 'en', { numeric: true });
}
