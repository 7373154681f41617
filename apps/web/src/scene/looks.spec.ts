import { describe, expect, it } from 'vitest';
import { focusOf } from '../model/focus.js';
import { nodeRates } from '../model/node-rates.js';
import { PALETTE } from '../model/palette.js';
import { smallWorld } from '../model/small-world.js';
import type { WorldEdge } from '../model/world.js';
import { edgeLook, nodeLook } from './looks.js';
import type { Emphasis } from './looks.js';
import { rgb } from './rgb.js';

const world = smallWorld(['web>shop', 'shop>cart', 'ads>shop'], { 'web>shop': { requestsPerSec: 10 }, 'shop>cart': { requestsPerSec: 10, failuresPerSec: 5 } });
const edge = (id: number): WorldEdge => {
  const found = world.edges.get(id);
  if (found === undefined) throw new Error(`There is no edge ${id}.`);
  return found;
};
const calm: Emphasis = { focus: null, hovered: null, selected: null, live: true };

describe('edgeLook', () => {
  it('gives failing edges their exact colour and healthy ones a calmer one', () => {
    expect(edgeLook(edge(2), calm).colour).toEqual(rgb(PALETTE.failing));
    expect(edgeLook(edge(1), calm).colour).not.toEqual(rgb(PALETTE.healthy));
    expect(edgeLook(edge(1), { ...calm, selected: { kind: 'edge', id: 1 } }).colour).toEqual(rgb(PALETTE.healthy));
  });

  it('makes a failing edge glow however little traffic it has', () => {
    expect(edgeLook(edge(2), calm).highlight).toBeGreaterThan(edgeLook(edge(1), calm).highlight);
  });

  it('dims what is not on the way of the selection', () => {
    const selected = { kind: 'edge', id: 2 } as const;
    const emphasis = { ...calm, selected, focus: focusOf(smallWorld(['web>shop', 'shop>cart', 'shop>ads']), selected) };
    expect([1, 2].map((id) => edgeLook(edge(id), emphasis).strength)).toEqual([1, 1]);
    expect(edgeLook(edge(3), emphasis).strength).toBeLessThan(0.2);
  });

  it('is grey for what is old: a stale edge, or any edge of a stream that stands still', () => {
    expect(edgeLook({ ...edge(2), stale: true }, calm)).toMatchObject({ colour: rgb(PALETTE.idle), stale: true, highlight: 0 });
    expect(edgeLook(edge(2), { ...calm, live: false }).colour).toEqual(rgb(PALETTE.idle));
  });
});

describe('nodeLook', () => {
  it('tells health by the shape of the ring as well', () => {
    const rates = nodeRates(world);
    const rings = [...world.nodes.values()].map(({ id, name }) => {
      const rate = rates.get(id);
      return [name, rate === undefined ? null : nodeLook({ id, rate, faulted: false }, calm).ring];
    });
    expect(Object.fromEntries(rings)).toEqual({ web: 'healthy', shop: 'healthy', cart: 'failing', ads: 'idle' });
  });
});
