import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkContains } from './network.js';

describe('networkContains', () => {
  it.each([
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.3', '10.1.2.4', false],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['192.168.16.0/20', '192.168.31.255', true],
    ['192.168.16.0/20', '192.168.32.0', false],
    ['127.0.0.1/32', '127.0.0.1', true],
    // A host part is no mistake: the block is what counts.
    ['10.9.9.9/8', '10.0.0.1', true],
    ['fd00::/8', 'fdab::1', true],
    ['fd00::/8', 'fe80::1', false],
    ['2001:db8::/33', '2001:db8:7fff::1', true],
    ['2001:db8::/33', '2001:db8:8000::1', false],
    ['::1', '0:0:0:0:0:0:0:1', true],
    ['fe80::/10', 'fe80::1%eth0', true],
    ['64:ff9b::10.0.0.1', '64:ff9b::a00:1', true],
  ])('%s holds %s: %s', (network, address, expected) => {
    expect(networkContains(network, address)).toBe(expected);
  });

  it('takes IPv4 mapped into IPv6 for IPv4, on both sides', () => {
    expect(networkContains('10.0.0.0/8', '::ffff:10.1.2.3')).toBe(true);
    expect(networkContains('10.0.0.0/8', '::FFFF:a01:203')).toBe(true);
    expect(networkContains('::ffff:10.0.0.0/104', '10.1.2.3')).toBe(true);
    expect(networkContains('::ffff:0:0/96', '192.0.2.1')).toBe(true);
  });

  it('keeps the families apart', () => {
    expect(networkContains('::/0', '10.0.0.1')).toBe(false);
    expect(networkContains('0.0.0.0/0', '2001:db8::1')).toBe(false);
    expect(networkContains('::/0', '2001:db8::1')).toBe(true);
  });

  it.each(['', 'localhost', '10.0.0', '10.0.0.256', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/-1', '10.0.0.0/8/8', '1::2::3', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '::12345', '1:2:3:4:5:6:7:8::', 'fd00::/129'])(
    'takes %j for nothing',
    (text) => {
      expect(networkContains(text, '10.0.0.1')).toBe(false);
      expect(networkContains('10.0.0.0/8', text)).toBe(false);
      expect(networkContains('::/0', text)).toBe(false);
    },
  );

  it('never throws, and holds its own address under every prefix', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.integer({ min: 0, max: 128 }), fc.string(), (address, prefix, junk) => {
        const most = address.includes(':') ? 128 : 32;
        expect(networkContains(`${address}/${Math.min(prefix, most)}`, address)).toBe(true);
        expect(typeof networkContains(junk, address)).toBe('boolean');
        expect(typeof networkContains(address, junk)).toBe('boolean');
      }),
      { numRuns: 2_000 },
    );
  });
});
