import type { EdgeKey } from '#contracts';
import { describe, expect, it } from 'vitest';
import { upstreamEdges } from './upstream-edges.js';

const http = (source: string, target: string): EdgeKey => ({ source, target, protocol: 'http' });
const distances = (edges: readonly EdgeKey[], faulted: EdgeKey): string[] => upstreamEdges(edges, faulted).map(({ edge, distance }) => `${distance} ${edge.source}>${edge.target}/${edge.protocol}`);

describe('upstreamEdges', () => {
  it('T30 walks against the calls and leaves out what lies beside and below', () => {
    const edges = [http('web', 'gateway'), http('gateway', 'cart'), http('gateway', 'search'), http('cart', 'stock'), http('stock', 'db')];
    expect(distances(edges, http('cart', 'stock'))).toEqual(['0 cart>stock/http', '1 gateway>cart/http', '2 web>gateway/http']);
  });

  it('T30 gives an edge that is reached twice its shortest distance', () => {
    const edges = [http('a', 'b'), http('b', 'c'), http('a', 'c'), http('c', 'd')];
    expect(distances(edges, http('c', 'd'))).toEqual(['0 c>d/http', '1 b>c/http', '1 a>c/http', '2 a>b/http']);
  });

  it('T30 ends on a cycle through the faulted edge', () => {
    expect(distances([http('a', 'b'), http('b', 'a')], http('a', 'b'))).toEqual(['0 a>b/http', '1 b>a/http']);
  });

  it('T30 ends on a node that calls itself', () => {
    expect(distances([http('a', 'a'), http('a', 'b')], http('a', 'b'))).toEqual(['0 a>b/http', '1 a>a/http']);
  });

  it('T30 tells protocols between the same nodes apart', () => {
    const tcp: EdgeKey = { source: 'x', target: 'a', protocol: 'tcp' };
    expect(distances([http('x', 'a'), tcp, http('a', 'b')], http('a', 'b'))).toEqual(['0 a>b/http', '1 x>a/http', '1 x>a/tcp']);
  });

  it('T30 names the faulted edge even when nothing else knows it', () => {
    expect(distances([], http('a', 'b'))).toEqual(['0 a>b/http']);
  });
});
