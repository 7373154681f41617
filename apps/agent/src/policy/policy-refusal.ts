import { BlockList, isIPv4 } from 'node:net';
import { edgeLabel } from '#contracts';
import type { EdgeKey, FaultOrder, FaultSpec } from '#contracts';
import { globMatches } from '#faults';
import { kindRefusal, says } from './kind-refusal.js';
import type { HostPolicy } from './read-policy.js';

/**
 * Why the owner of this host does not allow an order, in one line that names the file and the rule; null when it is allowed. What needs a look at the
 * host, such as which process listens on a port or how many cores there are, is checked by the driver against the same rules.
 */
export function policyRefusal(policy: HostPolicy, order: FaultOrder, activeFaults: number): string | null {
  const { maxActiveFaults, maxDurationMs } = policy.rules;
  const { spec, target, notAfterMs } = order;
  const kind = kindRefusal(policy, spec.kind);
  if (kind !== null) return kind;
  if (activeFaults >= maxActiveFaults) return says(policy, `allows ${maxActiveFaults} active faults at most`, 'maxActiveFaults');
  if (notAfterMs > maxDurationMs) return says(policy, `allows ${maxDurationMs} ms at most and ${notAfterMs} ms were asked for`, 'maxDurationMs');
  if (target.type === 'edge') return edgeRefusal(policy, target.edge, shareOf(spec));
  return isPacketFault(spec) ? packetRefusal(policy, spec.params) : null;
}

/** Why faults without a lease, which come through Toxiproxy's API or with a new proxy, are not taken; null when they are. */
export function toxicRefusal(policy: HostPolicy): string | null {
  return policy.rules.toxiproxy ? null : says(policy, 'takes no faults without a lease', 'toxiproxy');
}

function edgeRefusal(policy: HostPolicy, edge: EdgeKey, share: number): string | null {
  const { allow, deny, maxShare } = policy.rules.edges;
  const label = edgeLabel(edge);
  if (!allow.some((glob) => globMatches(glob, label))) return says(policy, `does not allow the edge ${label}`, 'edges.allow');
  const denied = deny.find((glob) => globMatches(glob, label));
  if (denied !== undefined) return says(policy, `denies the edge ${label} by "${denied}"`, 'edges.deny');
  return share > maxShare ? says(policy, `allows a share of ${maxShare} at most and ${share} was asked for`, 'edges.maxShare') : null;
}

/** A kind without a share hits everything. */
function shareOf({ params }: FaultSpec): number {
  return 'share' in params ? params.share : 1;
}

type PacketFaultSpec = Extract<FaultSpec, { kind: `network-${string}` }>;

function isPacketFault(spec: FaultSpec): spec is PacketFaultSpec {
  return spec.kind.startsWith('network-');
}

interface PacketParams {
  readonly peers: readonly string[];
  readonly ports: readonly number[];
  readonly device?: string;
}

function packetRefusal(policy: HostPolicy, { peers, ports, device }: PacketParams): string | null {
  const { network } = policy.rules;
  if (device !== undefined && !network.devices.includes(device)) return says(policy, `does not open the device ${device}`, 'network.devices');
  const port = ports.find((asked) => network.protectedPorts.includes(asked));
  if (port !== undefined) return says(policy, `protects port ${port}`, 'network.protectedPorts');
  return network.peers === undefined ? null : peerRefusal(policy, peers, network.peers);
}

function peerRefusal(policy: HostPolicy, peers: readonly string[], allowed: readonly string[]): string | null {
  if (peers.length === 0) return says(policy, `wants the peers named that a fault acts on, within ${allowed.join(', ')}`, 'network.peers');
  const outside = peers.find((peer) => !allowed.some((network) => liesWithin(peer, network)));
  return outside === undefined ? null : says(policy, `does not open the peer ${outside}`, 'network.peers');
}

/** Whether every address of a network, or one address, belongs to another network. */
function liesWithin(inner: string, outer: string): boolean {
  const [innerNet, outerNet] = [networkOf(inner), networkOf(outer)];
  if (innerNet.family !== outerNet.family || innerNet.prefix < outerNet.prefix) return false;
  const list = new BlockList();
  list.addSubnet(outerNet.address, outerNet.prefix, outerNet.family);
  return list.check(innerNet.address, innerNet.family);
}

function networkOf(text: string): { readonly address: string; readonly prefix: number; readonly family: 'ipv4' | 'ipv6' } {
  const [address = '', prefix] = text.split('/');
  const family = isIPv4(address) ? 'ipv4' : 'ipv6';
  return { address, prefix: prefix === undefined ? (family === 'ipv4' ? 32 : 128) : Number(prefix), family };
}
