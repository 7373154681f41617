import { describe, expect, it } from 'vitest';
import { causalDepth } from './causal-depth.js';
import { shopGraph } from './shop-graph.js';

describe('causalDepth', () => {
  const graph = shopGraph();
  const depth = causalDepth(graph);
  const depthOf = (name: string) => depth.get([...graph.nodes.values()].find((node) => node.name === name)?.id ?? -1);

  it('is 0 for clients and 1 for what only they call', () => {
    expect([depthOf('clients-de'), depthOf('gateway-eu')]).toEqual([0, 1]);
  });

  it('is deeper for a callee than for its caller where no circle is closed', () => {
    expect(depthOf('catalog')).toBeGreaterThan(depthOf('gateway-eu') ?? 0);
    expect(depthOf('orders-db')).toBeGreaterThan(depthOf('orders') ?? 0);
  });

  it('ends on a circle of calls', () => {
    expect(depthOf('search')).toBeTypeOf('number');
    expect(depthOf('recommendations')).not.toBe(depthOf('search'));
  });
});
