import type { FaultOrder, FaultParams } from '#contracts';
import { IP_FAMILIES, familyOf, isLoopback } from './scope.js';
import type { IpFamily, PacketScope, Spared } from './scope.js';

export interface NftFault {
  readonly faultId: string;
  readonly scope: PacketScope;
  readonly direction: FaultParams<'network-drop'>['direction'];
  /** Of the packets in scope, from just above 0 to 1. */
  readonly share: number;
}

// Before the rules of the host (0), after connection tracking (-200): named `mangle` in nft(8).
const PRIORITY = -150;
// `numgen` draws whole numbers: a share is told apart from the next to one in a million.
const DRAWS = 1_000_000;

/** The table of a fault, and nothing else in it. */
export function tableOf(faultId: string): string {
  return `faultline_${faultId.slice(0, 8)}`;
}

/** Written into the table, so that whoever has another fault with the same eight characters can tell. */
export function tableComment(faultId: string): string {
  return `${COMMENT}${faultId}`;
}
export const COMMENT = 'Faultline fault ';

export function nftFaultOf({ faultId, spec }: FaultOrder): NftFault {
  if (spec.kind !== 'network-partition' && spec.kind !== 'network-drop') throw new Error(`${spec.kind} came to the nftables driver`);
  return { faultId, scope: spec.params, direction: spec.params.direction, share: spec.kind === 'network-drop' ? spec.params.share : 1 };
}

/**
 * A script for `nft -f -`, which the kernel takes as a whole or not at all. It replaces a table of the same name.
 *
 *     hook -> spared? accept : in scope? goto hit : accept        hit -> drawn? count and drop
 */
export function nftScript(fault: NftFault, spared: Spared): string {
  const table = `inet ${tableOf(fault.faultId)}`;
  const hooks = (['input', 'output'] as const).filter((hook) => fault.direction === 'both' || fault.direction === (hook === 'input' ? 'in' : 'out'));
  const body = [`comment "${tableComment(fault.faultId)}"`, ...sets(fault.scope), ...hitChain(fault.share), ...hooks.flatMap((hook) => hookChain(hook, fault.scope, spared))];
  // Added before it is deleted, since deleting what is not there fails.
  return [`add table ${table}`, `delete table ${table}`, `table ${table} {`, ...body.map((line) => `  ${line}`), '}', ''].join('\n');
}

function sets({ peers, ports }: PacketScope): string[] {
  const peerSets = IP_FAMILIES.flatMap((family) => {
    const own = peers.filter((peer) => familyOf(peer) === family);
    // Networks may overlap each other; nftables merges them when told so.
    return own.length === 0 ? [] : [`set peers${family} { type ipv${family}_addr; flags interval; auto-merge; elements = { ${own.join(', ')} }; }`];
  });
  return ports.length === 0 ? peerSets : [...peerSets, `set ports { type inet_service; elements = { ${[...new Set(ports)].join(', ')} }; }`];
}

function hitChain(share: number): string[] {
  const hits = Math.max(1, Math.round(share * DRAWS));
  // nft refuses to compare with what the draw cannot reach.
  const draw = hits >= DRAWS ? '' : `numgen random mod ${DRAWS} < ${hits} `;
  return ['chain hit {', `  ${draw}counter drop`, '}'];
}

type Hook = 'input' | 'output';

function hookChain(hook: Hook, scope: PacketScope, spared: Spared): string[] {
  const rules = [`type filter hook ${hook} priority ${PRIORITY}; policy accept;`, ...spareRules(hook, scope, spared), ...scopeMatches(hook, scope).map((match) => `${match} goto hit`)];
  return [`chain ${hook} {`, ...rules.map((rule) => `  ${rule}`), '}'];
}

/** What is let through before anything is matched. On loopback each packet passes both hooks, so a local port is on either side there. */
function spareRules(hook: Hook, { peers }: PacketScope, { control, protectedPorts }: Spared): string[] {
  const loopback = hook === 'input' ? 'iifname "lo"' : 'oifname "lo"';
  const [near, far] = hook === 'input' ? ['dport', 'sport'] : ['sport', 'dport'];
  const ports = `{ ${[...new Set(protectedPorts)].join(', ')} }`;
  const localPorts = protectedPorts.length === 0 ? [] : [`meta l4proto { tcp, udp } th ${near} ${ports} accept`, `${loopback} meta l4proto { tcp, udp } th ${far} ${ports} accept`];
  const server = control.addresses.flatMap((address) => {
    const ip = familyOf(address) === 6 ? 'ip6' : 'ip';
    return [`${ip} daddr ${address} tcp dport ${control.port} accept`, `${ip} saddr ${address} tcp sport ${control.port} accept`];
  });
  // Loopback is not a network between hosts: it is hit only where a peer in it is named.
  return [...server, ...localPorts, ...(peers.some(isLoopback) ? [] : [`${loopback} accept`])];
}

/** One match for each combination that has to be told apart; a packet that fits two of them is drawn for once, since `goto` does not come back. */
function scopeMatches(hook: Hook, { peers, ports, transport }: PacketScope): string[] {
  const side = hook === 'input' ? 'saddr' : 'daddr';
  const families = IP_FAMILIES.filter((family) => peers.some((peer) => familyOf(peer) === family));
  const peerMatches = peers.length === 0 ? [''] : families.map((family: IpFamily) => `${family === 6 ? 'ip6' : 'ip'} ${side} @peers${family} `);
  const protocol = transport === 'any' ? 'meta l4proto { tcp, udp }' : `meta l4proto ${transport}`;
  const portMatches = ports.length === 0 ? [transport === 'any' ? '' : protocol] : [`${protocol} th sport @ports`, `${protocol} th dport @ports`];
  return peerMatches.flatMap((peer) => portMatches.map((port) => `${peer}${port}`.trim()));
}
