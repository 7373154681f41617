import { describe, expect, it } from 'vitest';
import type { TableRow } from './table-rows.js';
import { nextIndex } from './use-row-keys.js';

const ROWS: readonly TableRow[] = [
  { kind: 'region', region: 0, city: 'Frankfurt', edges: 2, open: true },
  { kind: 'edge', id: 1, region: 0 },
  { kind: 'edge', id: 2, region: 0 },
  { kind: 'region', region: 1, city: 'Ashburn', edges: 0, open: false },
];

describe('nextIndex', () => {
  it('moves between rows and stops at the ends', () => {
    expect([nextIndex('ArrowDown', 0, ROWS), nextIndex('ArrowDown', 3, ROWS), nextIndex('ArrowUp', 0, ROWS), nextIndex('Home', 2, ROWS), nextIndex('End', 0, ROWS)]).toEqual([1, 3, 0, 0, 3]);
  });
  it('goes left from an edge to its region', () => expect(nextIndex('ArrowLeft', 2, ROWS)).toBe(0));
  it('leaves other keys and left on a region to others', () => expect([nextIndex('ArrowLeft', 0, ROWS), nextIndex('Enter', 1, ROWS), nextIndex('x', 1, ROWS)]).toEqual([null, null, null]));
});
