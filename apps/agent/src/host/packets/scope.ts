import { isIPv6 } from 'node:net';
import type { FaultKind, FaultParams } from '#contracts';

export const NFT_KINDS = ['network-partition', 'network-drop'] as const satisfies readonly FaultKind[];
export const NETEM_KINDS = ['network-delay', 'network-loss', 'network-duplicate', 'network-corrupt', 'network-reorder'] as const satisfies readonly FaultKind[];
export const TC_KINDS = ['network-rate', ...NETEM_KINDS] as const satisfies readonly FaultKind[];

/** Which packets a fault acts on: those to or from any of the peers, with any of the ports on either side. */
export interface PacketScope {
  readonly peers: readonly string[];
  readonly ports: readonly number[];
  readonly transport: FaultParams<'network-partition'>['transport'];
}

/** What no packet fault ever touches. */
export interface Spared {
  /** The server's addresses and port: the connection through which faults are stopped. */
  readonly control: { readonly addresses: readonly string[]; readonly port: number };
  /** Ports of this host that the policy protects. */
  readonly protectedPorts: readonly number[];
}

export type IpFamily = 4 | 6;
export const IP_FAMILIES: readonly IpFamily[] = [4, 6];

/** Of an address or a network. */
export function familyOf(network: string): IpFamily {
  return isIPv6(network.split('/')[0] ?? '') ? 6 : 4;
}

/** Whether it lies within 127.0.0.0/8 (RFC 1122 section 3.2.1.3) or is ::1 (RFC 4291 section 2.5.3). */
export function isLoopback(network: string): boolean {
  const [address = '', length = ''] = network.split('/');
  if (familyOf(network) === 6) return /^(0*:)*:?0*1$/.test(address) && (length === '' || length === '128');
  return address.startsWith('127.') && (length === '' || Number(length) >= 8);
}

/** The first peer that is one host and the first port: what a probe can dial; null when the scope names no such pair. */
export function dialable({ peers, ports, transport }: PacketScope): { readonly host: string; readonly port: number } | null {
  const host = peers.map((peer) => peer.split('/')).find(([address = '', length]) => length === undefined || Number(length) === (familyOf(address) === 6 ? 128 : 32))?.[0];
  const port = ports[0];
  return host === undefined || port === undefined || transport === 'udp' ? null : { host, port };
}
