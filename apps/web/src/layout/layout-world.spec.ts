import { describe, expect, it } from 'vitest';
import type { Layout, NodePlace } from './layout.js';
import { MIN_NODE_GAP } from './layout.js';
import { layoutWorld } from './layout-world.js';
import { shopGraph } from './shop-graph.js';

function placeOf(layout: Layout, name: string): NodePlace {
  const place = [...layout.nodes.values()].find((node) => node.name === name);
  if (place === undefined) throw new Error(`"${name}" has no place.`);
  return place;
}

function closestPair(layout: Layout): number {
  const places = [...layout.nodes.values()];
  const gaps = places.flatMap((a, i) => places.slice(i + 1).map((b) => Math.hypot(a.x - b.x, a.z - b.z)));
  return Math.min(...gaps);
}

/** How far nodes of `before` moved against the middle of their platform. */
function movesOnPlatforms(before: Layout, after: Layout): readonly number[] {
  return [...before.nodes.values()].flatMap((place) => {
    if (place.platform === null) return [];
    const now = placeOf(after, place.name);
    const [was, is] = [before.platforms.get(place.platform), after.platforms.get(place.platform)];
    return was === undefined || is === undefined ? [] : [Math.hypot(place.x - was.x - (now.x - is.x), place.z - was.z - (now.z - is.z))];
  });
}

describe('layoutWorld', () => {
  const layout = layoutWorld(shopGraph(), null);

  it('gives every node a place and every edge a curve', () => {
    const graph = shopGraph();
    expect(layout.nodes.size).toBe(graph.nodes.size);
    expect(layout.edges.size).toBe(graph.edges.size);
  });

  it('keeps nodes apart', () => {
    expect(closestPair(layout)).toBeGreaterThanOrEqual(MIN_NODE_GAP);
  });

  it('orders regions from west to east without overlap', () => {
    const [eu, us, ap] = [0, 1, 2].map((region) => layout.platforms.get(region));
    if (eu === undefined || us === undefined || ap === undefined) throw new Error('A region has no platform.');
    expect(us.x + us.width / 2).toBeLessThan(eu.x - eu.width / 2);
    expect(eu.x + eu.width / 2).toBeLessThan(ap.x - ap.width / 2);
  });

  it('puts nodes on the platform of their region, entries in front and stores at the back', () => {
    for (const { platform, x, z } of layout.nodes.values()) {
      const slab = platform === null ? undefined : layout.platforms.get(platform);
      if (slab === undefined) continue;
      expect(Math.abs(x - slab.x)).toBeLessThan(slab.width / 2);
      expect(Math.abs(z - slab.z)).toBeLessThan(slab.depth / 2);
    }
    const inEurope = [...layout.nodes.values()].filter(({ platform }) => platform === 0);
    expect(placeOf(layout, 'gateway-eu').z).toBe(Math.max(...inEurope.map(({ z }) => z)));
    expect(placeOf(layout, 'orders-db').z).toBe(Math.min(...inEurope.map(({ z }) => z)));
  });

  it('puts clients in front of all platforms, beside those of the same gateway', () => {
    const front = Math.max(...[...layout.platforms.values()].map(({ z, depth }) => z + depth / 2));
    const clients = [...layout.nodes.values()].filter(({ platform }) => platform === null).sort((a, b) => a.x - b.x);
    expect(clients.every(({ z }) => z > front)).toBe(true);
    expect(clients.map(({ name }) => name).slice(0, 3).sort()).toEqual(['clients-br', 'clients-ca', 'clients-us']);
    expect(clients.map(({ name }) => name).slice(-2).sort()).toEqual(['clients-in', 'clients-jp']);
  });

  it('does not depend on ids or on the order in which things arrive', () => {
    const other = shopGraph([], '', 500);
    const reversed = { ...other, nodes: new Map([...other.nodes].reverse()), edges: new Map([...other.edges].reverse()) };
    const again = layoutWorld(reversed, null);
    for (const { name, x, z } of layout.nodes.values()) expect(placeOf(again, name)).toMatchObject({ x, z });
  });

  it('leaves everything on its platform where it was when a node is added, and finds room for the new one', () => {
    const grown = layoutWorld(shopGraph([['fraud-check', 'service', 0]], 'checkout>fraud-check'), layout);
    expect(Math.max(...movesOnPlatforms(layout, grown))).toBeLessThan(0.001);
    expect(closestPair(grown)).toBeGreaterThanOrEqual(MIN_NODE_GAP);
  });

  it('keeps places across a restart of the server, when every id is new', () => {
    const grown = layoutWorld(shopGraph([['fraud-check', 'service', 0]], 'checkout>fraud-check'), layout);
    const restarted = layoutWorld(shopGraph([['fraud-check', 'service', 0]], 'checkout>fraud-check', 900), grown);
    for (const { name, x, z } of grown.nodes.values()) {
      expect(placeOf(restarted, name).x).toBeCloseTo(x);
      expect(placeOf(restarted, name).z).toBeCloseTo(z);
    }
  });

  it('gives a region with clients only no platform', () => {
    const graph = shopGraph();
    const nodes = new Map([...graph.nodes].filter(([, node]) => node.region !== 2 || node.kind === 'client'));
    expect(layoutWorld({ ...graph, nodes }, null).platforms.has(2)).toBe(false);
  });

  it('lays out an empty graph', () => {
    expect(layoutWorld({ regions: [], nodes: new Map(), edges: new Map() }, null).nodes.size).toBe(0);
  });
});
