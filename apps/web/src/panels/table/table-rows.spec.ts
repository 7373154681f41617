import { describe, expect, it } from 'vitest';
import { EMPTY_WORLD, quietRate } from '../../model/empty-world.js';
import type { World, WorldEdge } from '../../model/world.js';
import { parseSort, tableRows, writeSort } from './table-rows.js';

const edge = (id: number, source: number, name: string, p99Ms: number | null): WorldEdge => ({
  id,
  source,
  target: 9,
  key: { source: name, target: 'db', protocol: 'tcp' },
  stale: false,
  totalRequests: 0,
  now: { ...quietRate(1), requestsPerSec: 1, p99Ms },
  history: [],
});
const node = (id: number, region: number) => [id, { id, name: `n${id}`, kind: 'service', region }] as const;
const WORLD: World = {
  ...EMPTY_WORLD,
  regions: [
    { name: 'eu', city: 'Frankfurt', latitudeDeg: 0, longitudeDeg: 0 },
    { name: 'us', city: 'Ashburn', latitudeDeg: 0, longitudeDeg: 0 },
  ],
  nodes: new Map([node(1, 0), node(2, 1), node(9, 0)]),
  edges: new Map([edge(1, 1, 'cart', 5), edge(2, 1, 'auth', 50), edge(3, 2, 'cart', null), edge(4, 1, 'zeta', 50)].map((item) => [item.id, item])),
};
const ids = (rows: ReturnType<typeof tableRows>) => rows.map((row) => (row.kind === 'edge' ? row.id : row.city));
const VIEW = { filter: '', sort: parseSort('-p99'), closed: new Set<number>() };

describe('tableRows', () => {
  it('puts edges under the region of their caller, sorted, ties by name', () => {
    expect(ids(tableRows(WORLD, VIEW))).toEqual(['Frankfurt', 2, 4, 1, 'Ashburn', 3]);
    expect(ids(tableRows(WORLD, { ...VIEW, sort: parseSort('name') }))).toEqual(['Frankfurt', 2, 1, 4, 'Ashburn', 3]);
  });

  it('leaves out what the filter does not find, and regions without a find', () => {
    expect(ids(tableRows(WORLD, { ...VIEW, filter: 'auth' }))).toEqual(['Frankfurt', 2]);
  });

  it('keeps a closed region with its count', () => {
    const rows = tableRows(WORLD, { ...VIEW, closed: new Set([0]) });
    expect(rows[0]).toMatchObject({ kind: 'region', edges: 3, open: false });
    expect(ids(rows)).toEqual(['Frankfurt', 'Ashburn', 3]);
  });
});

describe('parseSort', () => {
  it('reads what writeSort wrote', () => expect(parseSort(writeSort({ key: 'rate', descending: false }))).toEqual({ key: 'rate', descending: false }));
  it('falls back to the worst first', () => expect([parseSort(undefined), parseSort('-colour')]).toEqual([parseSort('-failures'), parseSort('-failures')]));
});
