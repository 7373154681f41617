import { search } from '../../model/find-edges.js';
import { failureShare } from '../../model/health.js';
import type { World, WorldEdge } from '../../model/world.js';

export const SORT_KEYS = ['name', 'protocol', 'rate', 'failures', 'p50', 'p95', 'p99'] as const;
export type SortKey = (typeof SORT_KEYS)[number];
export interface TableSort {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** One line of the table: a region with its edges under it, by the region of the caller. */
export type TableRow = { readonly kind: 'region'; readonly region: number; readonly city: string; readonly edges: number; readonly open: boolean } | { readonly kind: 'edge'; readonly id: number; readonly region: number };

/** `p99` or `-p99`, as in an address; the default puts the worst first. */
export function parseSort(text: string | undefined): TableSort {
  const descending = text?.startsWith('-') ?? true;
  const key = SORT_KEYS.find((candidate) => candidate === text?.replace(/^-/, ''));
  return key === undefined ? { key: 'failures', descending: true } : { key, descending };
}

export function writeSort({ key, descending }: TableSort): string {
  return `${descending ? '-' : ''}${key}`;
}

interface TableView {
  readonly filter: string;
  readonly sort: TableSort;
  readonly closed: ReadonlySet<number>;
}

/** The lines in order. The order is taken from this world once; lines do not move under the reader when numbers change later. */
export function tableRows(world: World, { filter, sort, closed }: TableView): readonly TableRow[] {
  const found = search(world, filter).edges;
  const byRegion = new Map<number, WorldEdge[]>();
  for (const edge of found) {
    const region = world.nodes.get(edge.source)?.region ?? 0;
    byRegion.set(region, [...(byRegion.get(region) ?? []), edge]);
  }
  return [...byRegion]
    .sort(([a], [b]) => a - b)
    .flatMap(([region, edges]): TableRow[] => {
      const open = !closed.has(region);
      const head: TableRow = { kind: 'region', region, city: world.regions[region]?.city ?? 'Unknown region', edges: edges.length, open };
      return open ? [head, ...edges.sort(compareBy(sort)).map(({ id }): TableRow => ({ kind: 'edge', id, region }))] : [head];
    });
}

const SORT_VALUE: Readonly<Record<SortKey, (edge: WorldEdge) => string | number>> = {
  name: nameOf,
  protocol: ({ key }) => key.protocol,
  rate: ({ now }) => now.requestsPerSec,
  failures: ({ now }) => failureShare(now),
  p50: ({ now }) => now.p50Ms ?? -1,
  p95: ({ now }) => now.p95Ms ?? -1,
  p99: ({ now }) => now.p99Ms ?? -1,
};

function nameOf({ key }: WorldEdge): string {
  return `${key.source} ${key.target}`;
}

function compareBy({ key, descending }: TableSort): (a: WorldEdge, b: WorldEdge) => number {
  return (a, b) => {
    const [left, right] = [SORT_VALUE[key](a), SORT_VALUE[key](b)];
    const order = typeof left === 'number' && typeof right === 'number' ? left - right : String(left).localeCompare(String(right));
    return (descending ? -order : order) || nameOf(a).localeCompare(nameOf(b));
  };
}
