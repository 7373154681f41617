import { FAULT_PARAMS } from '#contracts';
import { describe, expect, it } from 'vitest';
import { scopeClassOf, tcCommands } from './tc-plan.js';
import type { TcSpec } from './tc-plan.js';
import type { Spared } from './scope.js';

const ID = '00ff0000-0000-4000-8000-000000000001';
const NOTHING_SPARED: Spared = { control: { addresses: [], port: 7979 }, protectedPorts: [] };
const spec = (kind: TcSpec['kind'], params: object): TcSpec => ({ kind, params: FAULT_PARAMS[kind].parse({ device: 'eth0', peers: ['10.0.0.5'], ...params }) }) as TcSpec;
const lines = (asked: TcSpec, spared = NOTHING_SPARED): string[] => tcCommands(ID, asked, spared).map((words) => words.join(' '));
const leaf = (kind: TcSpec['kind'], params: object): string | undefined => lines(spec(kind, params))[3];

describe('tcCommands', () => {
  it('builds root, classes and leaf before the first filter leads a packet there', () => {
    expect(lines(spec('network-rate', { kilobitsPerSec: 1_000, ports: [5432], transport: 'tcp' }))).toEqual([
      'qdisc add dev eth0 root handle fa17: htb default 1',
      'class add dev eth0 parent fa17: classid fa17:1 htb rate 100gbit quantum 60000',
      'class add dev eth0 parent fa17: classid fa17:101 htb rate 100gbit quantum 60000',
      'qdisc add dev eth0 parent fa17:101 handle fa18: tbf rate 1000kbit burst 32000 latency 400ms',
      'filter add dev eth0 parent fa17: protocol ip prio 20 u32 match ip dst 10.0.0.5/32 match u16 0x0000 0x1fff at 6 match ip protocol 6 0xff match ip sport 5432 0xffff classid fa17:101',
      'filter add dev eth0 parent fa17: protocol ip prio 20 u32 match ip dst 10.0.0.5/32 match u16 0x0000 0x1fff at 6 match ip protocol 6 0xff match ip dport 5432 0xffff classid fa17:101',
    ]);
  });

  // By hand from tc-netem(8) and tc-tbf(8).
  it.each<[TcSpec['kind'], object, string]>([
    ['network-rate', { kilobitsPerSec: 64, burstBytes: 2_000, queueMs: 50 }, 'tbf rate 64kbit burst 2000 latency 50ms'],
    ['network-delay', { delayMs: 100 }, 'netem limit 100000 delay 100ms'],
    ['network-delay', { delayMs: 100, jitterMs: 20 }, 'netem limit 100000 delay 100ms 20ms'],
    ['network-delay', { delayMs: 100, jitterMs: 20, correlationPercent: 25 }, 'netem limit 100000 delay 100ms 20ms 25%'],
    ['network-loss', { lossPercent: 0.5 }, 'netem limit 100000 loss random 0.5%'],
    ['network-loss', { lossPercent: 30, correlationPercent: 10 }, 'netem limit 100000 loss random 30% 10%'],
    ['network-duplicate', { duplicatePercent: 1 }, 'netem limit 100000 duplicate 1%'],
    ['network-corrupt', { corruptPercent: 0.1, correlationPercent: 5 }, 'netem limit 100000 corrupt 0.1% 5%'],
    ['network-reorder', { reorderPercent: 25, correlationPercent: 50 }, 'netem limit 100000 delay 10ms reorder 25% 50%'],
  ])('%s %j', (kind, params, words) => {
    expect(leaf(kind, params)).toBe(`qdisc add dev eth0 parent fa17:101 handle fa18: ${words}`);
  });

  it('makes a filter for each peer, port, side and transport, and both families where no peer is named', () => {
    const filters = lines(spec('network-delay', { delayMs: 1, peers: [], ports: [53, 80] })).filter((line) => line.startsWith('filter'));
    expect(filters).toHaveLength(2 * 2 * 2 * 2);
    expect(filters).toContain('filter add dev eth0 parent fa17: protocol ipv6 prio 21 u32 match ip6 protocol 17 0xff match ip6 dport 53 0xffff classid fa17:101');
  });

  it('needs neither port nor protocol for a peer alone', () => {
    expect(lines(spec('network-delay', { delayMs: 1, peers: ['10.0.0.0/8', 'fd00::1'] })).slice(4)).toEqual([
      'filter add dev eth0 parent fa17: protocol ip prio 20 u32 match ip dst 10.0.0.0/8 classid fa17:101',
      'filter add dev eth0 parent fa17: protocol ipv6 prio 21 u32 match ip6 dst fd00::1/128 classid fa17:101',
    ]);
  });

  it('leads the server and protected ports past the fault by filters that are asked first', () => {
    const spared: Spared = { control: { addresses: ['10.0.0.5', 'fd00::9'], port: 7979 }, protectedPorts: [22] };
    const preferences = lines(spec('network-delay', { delayMs: 1 }), spared)
      .filter((line) => line.startsWith('filter'))
      .map((line) => [/prio (\d+)/.exec(line)?.[1], /classid (\S+)/.exec(line)?.[1]]);
    expect(preferences).toEqual([['10', 'fa17:1'], ['10', 'fa17:1'], ['11', 'fa17:1'], ['11', 'fa17:1'], ['10', 'fa17:1'], ['10', 'fa17:1'], ['11', 'fa17:1'], ['11', 'fa17:1'], ['20', 'fa17:101']]);
    expect(lines(spec('network-delay', { delayMs: 1 }), spared)[4]).toBe(
      'filter add dev eth0 parent fa17: protocol ip prio 10 u32 match ip dst 10.0.0.5/32 match u16 0x0000 0x1fff at 6 match ip protocol 6 0xff match ip dport 7979 0xffff classid fa17:1',
    );
  });

  it('spares a local port in both directions on loopback, where both leave by the device', () => {
    const spared: Spared = { control: { addresses: [], port: 1 }, protectedPorts: [22] };
    const count = (device: string): number => lines(spec('network-delay', { device, delayMs: 1 }), spared).filter((line) => line.includes(' 22 0xffff')).length;
    expect([count('eth0'), count('lo')]).toEqual([4, 8]);
  });

  it('gives each fault a class of its own number, never that of full speed', () => {
    for (const start of ['0000', '0001', 'feff', 'ff00', 'ffff']) {
      const [, minor = ''] = scopeClassOf(`${start}0000-0000-4000-8000-000000000001`).split(':');
      expect(Number.parseInt(minor, 16)).toBeGreaterThan(1);
      expect(Number.parseInt(minor, 16)).toBeLessThanOrEqual(0xffff);
    }
    expect(scopeClassOf(ID)).not.toBe(scopeClassOf(ID.replace('00ff', '00fe')));
  });
});
