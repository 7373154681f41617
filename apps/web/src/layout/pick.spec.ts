import { describe, expect, it } from 'vitest';
import { pick } from './pick.js';

const nodes = [{ id: 1, x: 100, y: 100, radius: 15 }];
const edges = [
  { id: 7, chain: [{ x: 0, y: 0 }, { x: 50, y: 60 }, { x: 100, y: 100 }] },
  { id: 8, chain: [{ x: 0, y: 20 }, { x: 200, y: 20 }] },
];
const at = (x: number, y: number) => pick({ pointer: { x, y }, nodes, edges });

describe('pick', () => {
  it('takes the node under the pointer before the edge that ends at it', () => {
    expect(at(98, 99)).toEqual({ kind: 'node', id: 1 });
  });

  it('forgives a near miss of a node', () => {
    expect(at(100, 119)).toEqual({ kind: 'node', id: 1 });
  });

  it('takes the nearest edge within reach', () => {
    expect(at(150, 29)).toEqual({ kind: 'edge', id: 8 });
    expect(at(48, 62)).toEqual({ kind: 'edge', id: 7 });
  });

  it('takes nothing far from everything', () => {
    expect(at(300, 300)).toBeNull();
  });

  it('does not reach beyond the ends of an edge', () => {
    expect(at(215, 20)).toBeNull();
  });
});
