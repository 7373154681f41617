import { describe, expect, it } from 'vitest';
import { dialable, isLoopback } from './scope.js';
import type { PacketScope } from './scope.js';

describe('isLoopback', () => {
  it.each(['127.0.0.1', '127.1.2.3', '127.0.0.0/8', '127.0.0.1/32', '::1', '::1/128', '0:0:0:0:0:0:0:1', '0000:0000:0000:0000:0000:0000:0000:0001'])('%s is', (network) => expect(isLoopback(network)).toBe(true));
  it.each(['128.0.0.1', '10.0.0.1', '0.0.0.0/0', '127.0.0.0/7', '::/0', '::', '::11', 'fe80::1', '::1/64'])('%s is not', (network) => expect(isLoopback(network)).toBe(false));
});

describe('dialable', () => {
  const scope: PacketScope = { peers: ['10.0.0.0/8', '10.1.1.1/32', 'fd00::1'], ports: [80, 81], transport: 'any' };
  it('takes the first peer that is one host, and the first port', () => expect(dialable(scope)).toEqual({ host: '10.1.1.1', port: 80 }));
  it('has nothing to dial without a host, without a port, or over UDP', () => {
    const scopes: PacketScope[] = [{ ...scope, peers: ['10.0.0.0/8', 'fd00::/64'] }, { ...scope, ports: [] }, { ...scope, transport: 'udp' }];
    expect(scopes.map(dialable)).toEqual([null, null, null]);
  });
});
