import { describe, expect, it } from 'vitest';
import { nodeRates } from './node-rates.js';
import { smallWorld } from './small-world.js';

const world = smallWorld(['web>shop', 'app>shop', 'shop>cart', 'shop>db'], {
  'web>shop': { requestsPerSec: 30, failuresPerSec: 3 },
  'app>shop': { requestsPerSec: 10 },
  'shop>cart': { requestsPerSec: 20, failuresPerSec: 20 },
});
const rateOf = (name: string, of = world) => nodeRates(of).get([...of.nodes.values()].find((node) => node.name === name)?.id ?? -1);

describe('nodeRates', () => {
  it('sums what goes in and out', () => {
    expect(rateOf('shop')).toMatchObject({ inPerSec: 40, inFailuresPerSec: 3, outPerSec: 20, outFailuresPerSec: 20 });
  });

  it('judges a node by what its callers get, and one without callers by its own calls', () => {
    expect(rateOf('shop')?.health).toBe('degraded');
    expect(rateOf('cart')?.health).toBe('failing');
    expect(rateOf('web')?.health).toBe('failing');
    expect(rateOf('db')?.health).toBe('idle');
  });

  it('is stale when every edge at the node is', () => {
    const edges = new Map([...world.edges].map(([id, edge]) => [id, edge.key.source === 'shop' ? { ...edge, stale: true } : edge]));
    expect([rateOf('cart', { ...world, edges })?.stale, rateOf('shop', { ...world, edges })?.stale]).toEqual([true, false]);
  });
});
