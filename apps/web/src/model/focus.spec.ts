import { describe, expect, it } from 'vitest';
import { focusOf, focusOn } from './focus.js';
import { smallWorld } from './small-world.js';

// edges:               1           2            3            4          5
const world = smallWorld(['web>shop', 'shop>cart', 'shop>search', 'cart>db', 'search>index']);
const names = (ids: ReadonlySet<number> | undefined) => [...(ids ?? [])].map((id) => world.nodes.get(id)?.name).sort();

describe('focusOf', () => {
  it('holds what leads to an edge and what it leads to, and nothing beside', () => {
    const focus = focusOf(world, { kind: 'edge', id: 2 });
    expect([...(focus?.edges ?? [])].sort()).toEqual([1, 2, 4]);
    expect(names(focus?.nodes)).toEqual(['cart', 'db', 'shop', 'web']);
  });

  it('holds callers and callees of a node', () => {
    expect(names(focusOf(world, { kind: 'node', id: 3 })?.nodes)).toEqual(['index', 'search', 'shop', 'web']);
  });

  it('holds exactly the edges that are asked for, and their ends', () => {
    const focus = focusOn(world, new Set(['shop>cart/http', 'gone>cart/http']));
    expect([[...focus.edges], names(focus.nodes)]).toEqual([[2], ['cart', 'shop']]);
  });

  it('ends on a circle of calls', () => {
    const circle = smallWorld(['a>b', 'b>a']);
    expect(focusOf(circle, { kind: 'edge', id: 1 })?.edges.size).toBe(2);
  });

  it('is nothing without a selection, and for what is gone', () => {
    expect([focusOf(world, null), focusOf(world, { kind: 'edge', id: 99 }), focusOf(world, { kind: 'node', id: 99 })]).toEqual([null, null, null]);
  });
});
