import { describe, expect, it } from 'vitest';
import { edgeName, rankWorstEdges, search } from './find-edges.js';
import { smallWorld } from './small-world.js';

const world = smallWorld(['b>c', 'a>b', 'c>d', 'shop>cart-cache'], {
  'b>c': { requestsPerSec: 100, failuresPerSec: 5 },
  'c>d': { requestsPerSec: 2, failuresPerSec: 1 },
});

describe('rankWorstEdges', () => {
  it('puts the highest failure share first and the silent last, by name', () => {
    expect(rankWorstEdges(world).map(edgeName)).toEqual(['c → d', 'b → c', 'a → b', 'shop → cart-cache']);
  });

  it('puts stale edges last: their numbers are not of now', () => {
    const edges = new Map([...world.edges].map(([id, edge]) => [id, edge.key.source === 'c' ? { ...edge, stale: true } : edge]));
    expect(rankWorstEdges({ ...world, edges }).map(edgeName).at(-1)).toBe('c → d');
  });
});

describe('search', () => {
  it('finds nodes and edges that hold every word', () => {
    expect(search(world, 'CART').nodes.map(({ name }) => name)).toEqual(['cart-cache']);
    expect(search(world, 'shop cart').edges.map(edgeName)).toEqual(['shop → cart-cache']);
    expect(search(world, 'shop -> cart').edges.map(edgeName)).toEqual(['shop → cart-cache']);
  });

  it('finds everything with nothing, and nothing with a name nobody has', () => {
    expect([search(world, ' ').edges.length, search(world, 'zzz').nodes.length]).toEqual([4, 0]);
  });
});
