import { describe, expect, it } from 'vitest';
import { nftScript, tableOf } from './nft-plan.js';
import type { NftFault } from './nft-plan.js';
import type { Spared } from './scope.js';

const ID = 'ab12cd34-0000-4000-8000-000000000001';
const SPARED: Spared = { control: { addresses: ['10.9.9.9'], port: 7979 }, protectedPorts: [22] };
const fault = (more: Partial<Omit<NftFault, 'scope'>> & { readonly scope: Partial<NftFault['scope']> }): NftFault => ({
  faultId: ID,
  direction: 'both',
  share: 1,
  ...more,
  scope: { peers: [], ports: [], transport: 'any', ...more.scope },
});
/** The rules of one chain, without their indent. */
function chain(name: string, script: string): string[] | undefined {
  return new RegExp(`^  chain ${name} \\{\\n([^}]*(?:\\{[^}]*\\}[^}]*)*?)\\n  \\}$`, 'm')
    .exec(script)?.[1]
    ?.split('\n')
    .map((line) => line.trim());
}

describe('nftScript', () => {
  it('writes a whole table of its own, which it replaces', () => {
    expect(nftScript(fault({ scope: { peers: ['10.0.0.5', '10.0.0.0/8', 'fd00::/8'], ports: [5432] }, share: 0.25 }), SPARED)).toBe(`add table inet faultline_ab12cd34
delete table inet faultline_ab12cd34
table inet faultline_ab12cd34 {
  comment "Faultline fault ab12cd34-0000-4000-8000-000000000001"
  set peers4 { type ipv4_addr; flags interval; auto-merge; elements = { 10.0.0.5, 10.0.0.0/8 }; }
  set peers6 { type ipv6_addr; flags interval; auto-merge; elements = { fd00::/8 }; }
  set ports { type inet_service; elements = { 5432 }; }
  chain hit {
    numgen random mod 1000000 < 250000 counter drop
  }
  chain input {
    type filter hook input priority -150; policy accept;
    ip daddr 10.9.9.9 tcp dport 7979 accept
    ip saddr 10.9.9.9 tcp sport 7979 accept
    meta l4proto { tcp, udp } th dport { 22 } accept
    iifname "lo" meta l4proto { tcp, udp } th sport { 22 } accept
    iifname "lo" accept
    ip saddr @peers4 meta l4proto { tcp, udp } th sport @ports goto hit
    ip saddr @peers4 meta l4proto { tcp, udp } th dport @ports goto hit
    ip6 saddr @peers6 meta l4proto { tcp, udp } th sport @ports goto hit
    ip6 saddr @peers6 meta l4proto { tcp, udp } th dport @ports goto hit
  }
  chain output {
    type filter hook output priority -150; policy accept;
    ip daddr 10.9.9.9 tcp dport 7979 accept
    ip saddr 10.9.9.9 tcp sport 7979 accept
    meta l4proto { tcp, udp } th sport { 22 } accept
    oifname "lo" meta l4proto { tcp, udp } th dport { 22 } accept
    oifname "lo" accept
    ip daddr @peers4 meta l4proto { tcp, udp } th sport @ports goto hit
    ip daddr @peers4 meta l4proto { tcp, udp } th dport @ports goto hit
    ip6 daddr @peers6 meta l4proto { tcp, udp } th sport @ports goto hit
    ip6 daddr @peers6 meta l4proto { tcp, udp } th dport @ports goto hit
  }
}
`);
  });

  it('drops every packet without a draw when everything is asked for', () => {
    expect(chain('hit', nftScript(fault({ scope: { ports: [80] } }), SPARED))).toEqual(['counter drop']);
    expect(chain('hit', nftScript(fault({ scope: { ports: [80] }, share: 0.9999999 }), SPARED))).toEqual(['counter drop']);
  });

  it('never rounds a share down to nothing', () => {
    expect(chain('hit', nftScript(fault({ scope: { ports: [80] }, share: 1e-9 }), SPARED))).toEqual(['numgen random mod 1000000 < 1 counter drop']);
  });

  it('hooks only the direction that was asked for', () => {
    const inwards = nftScript(fault({ scope: { ports: [80] }, direction: 'in' }), SPARED);
    expect([chain('input', inwards) === undefined, chain('output', inwards) === undefined]).toEqual([false, true]);
    const outwards = nftScript(fault({ scope: { ports: [80] }, direction: 'out' }), SPARED);
    expect([chain('input', outwards) === undefined, chain('output', outwards) === undefined]).toEqual([true, false]);
  });

  it('leaves loopback alone until a peer in it is named', () => {
    const loopbackRule = 'oifname "lo" accept';
    expect(chain('output', nftScript(fault({ scope: { ports: [80] } }), SPARED))).toContain(loopbackRule);
    expect(chain('output', nftScript(fault({ scope: { peers: ['0.0.0.0/0'] } }), SPARED))).toContain(loopbackRule);
    expect(chain('output', nftScript(fault({ scope: { peers: ['127.0.0.1'] } }), SPARED))).not.toContain(loopbackRule);
    expect(chain('output', nftScript(fault({ scope: { peers: ['::1'] } }), SPARED))).not.toContain(loopbackRule);
  });

  it('lets everything spared through before it matches anything', () => {
    const rules = chain('input', nftScript(fault({ scope: { peers: ['127.0.0.1', '::1'], ports: [80] } }), { control: { addresses: ['127.0.0.1', '::1'], port: 1 }, protectedPorts: [22, 22, 443] })) ?? [];
    const firstHit = rules.findIndex((rule) => rule.endsWith('goto hit'));
    expect(rules.slice(0, firstHit).every((rule) => rule.endsWith('accept') || rule.startsWith('type'))).toBe(true);
    expect(rules.slice(firstHit).every((rule) => rule.endsWith('goto hit'))).toBe(true);
    expect(rules).toContain('ip6 daddr ::1 tcp dport 1 accept');
    expect(rules).toContain('meta l4proto { tcp, udp } th dport { 22, 443 } accept');
  });

  it('narrows to a transport, with ports and without', () => {
    expect(chain('input', nftScript(fault({ scope: { peers: ['10.0.0.1'], transport: 'udp' } }), SPARED))).toContain('ip saddr @peers4 meta l4proto udp goto hit');
    expect(chain('input', nftScript(fault({ scope: { ports: [53], transport: 'udp' } }), SPARED))).toContain('meta l4proto udp th dport @ports goto hit');
    expect(chain('input', nftScript(fault({ scope: { peers: ['10.0.0.1'] } }), SPARED))).toContain('ip saddr @peers4 goto hit');
  });

  it('names the table after the fault', () => {
    expect(tableOf(ID)).toBe('faultline_ab12cd34');
  });
});
