import { describe, expect, it } from 'vitest';
import type { Topology } from '#contracts';
import { findEdge } from './find-edge.js';

const http = { source: 'web', target: 'pay', protocol: 'http' } as const;
const tcp = { source: 'web', target: 'pay', protocol: 'tcp' } as const;
const only = { source: 'pay', target: 'db', protocol: 'tcp' } as const;
const topology: Topology = { regions: [], nodes: [], edges: [http, tcp, only] };

describe('findEdge', () => {
  it('finds by names, and by protocol where names are not enough', () => {
    expect(findEdge('pay->db', topology)).toBe(only);
    expect(findEdge('web -> pay/tcp', topology)).toBe(tcp);
  });

  it.each([
    ['web->pay', 'web -> pay (http) and web -> pay (tcp): add /protocol'],
    ['pay->dbx', 'No agent carries the edge pay->dbx; known are web -> pay (http)'],
    ['pay', "needs 'source->target'"],
  ])('says what is wrong with %s', (text, problem) => {
    expect(() => findEdge(text, topology)).toThrow(problem);
  });
});
