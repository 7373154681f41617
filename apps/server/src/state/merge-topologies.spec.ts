import { describe, expect, it } from 'vitest';
import type { Topology } from '#contracts';
import { mergeTopologies, sameTopology, splitByCarrier } from './merge-topologies.js';

const EU = { name: 'eu', city: 'Zurich', latitudeDeg: 47, longitudeDeg: 8 };
const SHOP: Topology = {
  regions: [EU],
  nodes: [
    { name: 'shop', kind: 'service', region: 'eu' },
    { name: 'db', kind: 'database', region: 'eu' },
  ],
  edges: [{ source: 'shop', target: 'db', protocol: 'tcp' }],
};
const MAIL: Topology = {
  regions: [{ ...EU, city: 'Bern' }],
  nodes: [
    { name: 'shop', kind: 'service', region: 'eu' },
    { name: 'mail', kind: 'external', region: 'eu' },
  ],
  edges: [{ source: 'shop', target: 'mail', protocol: 'http' }],
};

describe('mergeTopologies', () => {
  it('holds each node and edge once', () => {
    const merged = mergeTopologies([SHOP, MAIL]);
    expect(merged.nodes.map((node) => node.name)).toEqual(['db', 'mail', 'shop']);
    expect(merged.edges).toHaveLength(2);
  });

  it('lets the later description of a region count', () => {
    expect(mergeTopologies([SHOP, MAIL]).regions).toEqual([{ ...EU, city: 'Bern' }]);
  });

  it('gives equal values for equal graphs in another order', () => {
    const reversed: Topology = { ...SHOP, nodes: [...SHOP.nodes].reverse() };
    expect(sameTopology(mergeTopologies([SHOP]), mergeTopologies([reversed]))).toBe(true);
    expect(sameTopology(mergeTopologies([SHOP]), mergeTopologies([MAIL]))).toBe(false);
  });
});

describe('splitByCarrier', () => {
  it('gives back to each agent its edges and their ends', () => {
    const merged = mergeTopologies([SHOP, MAIL]);
    const carriers = merged.edges.map((edge) => (edge.target === 'db' ? 'a' : 'b'));
    const split = splitByCarrier({ ...merged, carriers });
    expect(split.get('a')?.nodes.map((node) => node.name)).toEqual(['db', 'shop']);
    expect(split.get('b')?.edges).toEqual(MAIL.edges);
  });
});
