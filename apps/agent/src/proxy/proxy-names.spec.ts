import { describe, expect, it } from 'vitest';
import type { Proxy } from '#contracts';
import { proxyNames } from './proxy-names.js';

const proxy = (source: string, target: string, protocol: 'http' | 'tcp', name?: string): Proxy => ({ edge: { source, target, protocol }, listen: ':1', upstream: ':2', ...(name === undefined ? {} : { name }) });

describe('proxyNames', () => {
  it('are those of the file, or made of the edge', () => {
    expect(proxyNames({ regions: [], nodes: [], proxies: [proxy('a', 'b', 'http'), proxy('a', 'c', 'tcp', 'mine')] })).toEqual(['a-to-b', 'mine']);
  });

  it('have the protocol where the edge alone would be the name of two', () => {
    expect(proxyNames({ regions: [], nodes: [], proxies: [proxy('a', 'b', 'http'), proxy('a', 'b', 'tcp'), proxy('x', 'y', 'tcp', 'a-to-c'), proxy('a', 'c', 'tcp')] })).toEqual(['a-to-b-http', 'a-to-b-tcp', 'a-to-c', 'a-to-c-tcp']);
  });
});
