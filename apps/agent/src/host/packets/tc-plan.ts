import type { FaultOrder, FaultSpec } from '#contracts';
import { IP_FAMILIES, NETEM_KINDS, familyOf } from './scope.js';
import type { IpFamily, PacketScope, Spared } from './scope.js';

export type TcSpec = Extract<FaultSpec, { kind: 'network-rate' | (typeof NETEM_KINDS)[number] }>;

/** Our root on a device; a root with another handle is somebody else's. */
export const ROOT_HANDLE = 'fa17:';
export const LEAF_HANDLE = 'fa18:';
/** Everything that is not in scope goes through this class, as fast as the device can. */
export const FULL_SPEED_CLASS = 'fa17:1';
// Above any device: the class must not be what limits. `quantum` only quiets a warning, as there is nothing to share between the classes.
const FULL_SPEED = ['htb', 'rate', '100gbit', 'quantum', '60000'];
// The kernel asks one filter after the other about each packet; with more than these the asking itself would be a fault.
export const MAX_FILTERS = 512;
// Of two preferences the kernel asks the smaller first, and one may hold a single protocol.
const PREFERENCE = { spared: 10, scope: 20 };

export function tcSpecOf({ spec }: Pick<FaultOrder, 'spec'>): TcSpec {
  if (spec.kind === 'network-rate' || NETEM_KINDS.some((kind) => kind === spec.kind)) return spec as TcSpec;
  throw new Error(`${spec.kind} came to the traffic control driver`);
}

/** The class of what is in scope. Its number tells whose the root is, so that undoing one fault twice never undoes the next. */
export function scopeClassOf(faultId: string): string {
  return `fa17:${(2 + (Number.parseInt(faultId.slice(0, 4), 16) % 0xff00)).toString(16)}`;
}

/**
 * Arguments of tc(8), command by command; until the last one is done, packets pass as before.
 *
 *     root htb fa17: --- spared and everything else ---> fa17:1    full speed
 *                    \-- peers x ports x transport ----> fa17:xxxx -> fa18: tbf or netem
 */
export function tcCommands(faultId: string, spec: TcSpec, spared: Spared): readonly (readonly string[])[] {
  const { device } = spec.params;
  const scopeClass = scopeClassOf(faultId);
  const filter = (preference: number, match: FilterMatch, to: string): string[] => [
    ...['filter', 'add', 'dev', device, 'parent', ROOT_HANDLE, 'protocol', match.family === 6 ? 'ipv6' : 'ip', 'prio', String(preference + (match.family === 6 ? 1 : 0)), 'u32'],
    ...match.words,
    ...['classid', to],
  ];
  return [
    ['qdisc', 'add', 'dev', device, 'root', 'handle', ROOT_HANDLE, 'htb', 'default', '1'],
    ['class', 'add', 'dev', device, 'parent', ROOT_HANDLE, 'classid', FULL_SPEED_CLASS, ...FULL_SPEED],
    ['class', 'add', 'dev', device, 'parent', ROOT_HANDLE, 'classid', scopeClass, ...FULL_SPEED],
    ['qdisc', 'add', 'dev', device, 'parent', scopeClass, 'handle', LEAF_HANDLE, ...leaf(spec)],
    ...sparedMatches(device, spared).map((match) => filter(PREFERENCE.spared, match, FULL_SPEED_CLASS)),
    ...scopeMatches(spec.params).map((match) => filter(PREFERENCE.scope, match, scopeClass)),
  ];
}

/** The queueing discipline that is the fault, in the words of tc-tbf(8) and tc-netem(8). */
function leaf(spec: TcSpec): string[] {
  switch (spec.kind) {
    case 'network-rate':
      return ['tbf', 'rate', `${spec.params.kilobitsPerSec}kbit`, 'burst', String(spec.params.burstBytes), 'latency', `${spec.params.queueMs}ms`];
    case 'network-delay': {
      const { delayMs, jitterMs, correlationPercent } = spec.params;
      return [...NETEM, 'delay', `${delayMs}ms`, ...(jitterMs === 0 ? [] : [`${jitterMs}ms`, ...correlation(correlationPercent)])];
    }
    case 'network-loss':
      return [...NETEM, 'loss', 'random', `${spec.params.lossPercent}%`, ...correlation(spec.params.correlationPercent)];
    case 'network-duplicate':
      return [...NETEM, 'duplicate', `${spec.params.duplicatePercent}%`, ...correlation(spec.params.correlationPercent)];
    case 'network-corrupt':
      return [...NETEM, 'corrupt', `${spec.params.corruptPercent}%`, ...correlation(spec.params.correlationPercent)];
    case 'network-reorder':
      return [...NETEM, 'delay', `${spec.params.delayMs}ms`, 'reorder', `${spec.params.reorderPercent}%`, ...correlation(spec.params.correlationPercent)];
  }
}

// Packets that netem may hold: its own 1000 would be a second fault, loss, at some ten megabytes in flight.
const NETEM = ['netem', 'limit', '100000'];

function correlation(percent: number): string[] {
  return percent === 0 ? [] : [`${percent}%`];
}

interface FilterMatch {
  readonly family: IpFamily;
  /** Selectors of tc-u32(8). */
  readonly words: readonly string[];
}

const PROTOCOL_NUMBER = { tcp: 6, udp: 17 } as const;
const TRANSPORTS = ['tcp', 'udp'] as const;
type Side = 'sport' | 'dport';
const SIDES: readonly Side[] = ['sport', 'dport'];

function scopeMatches({ peers, ports, transport }: PacketScope): FilterMatch[] {
  const toPeers: FilterMatch[] = peers.length === 0 ? IP_FAMILIES.map((family) => ({ family, words: [] })) : peers.map((peer) => to(peer));
  const transports = transport === 'any' ? TRANSPORTS : [transport];
  const portWords = (family: IpFamily): string[][] => transports.flatMap((protocol) => ports.flatMap((port) => SIDES.map((side) => portMatch(family, protocol, side, port))));
  const narrow = (family: IpFamily): string[][] => {
    if (ports.length > 0) return portWords(family);
    return transport === 'any' ? [[]] : [protocolMatch(family, transport)];
  };
  return toPeers.flatMap(({ family, words }) => narrow(family).map((more) => ({ family, words: [...words, ...more] })));
}

/** Local ports leave as source ports; on loopback they arrive by the same device, so they are destinations there too. */
function sparedMatches(device: string, { control, protectedPorts }: Spared): FilterMatch[] {
  const server = control.addresses.flatMap((address): FilterMatch[] => {
    const family = familyOf(address);
    return [
      { family, words: [...addressMatch('dst', address), ...portMatch(family, 'tcp', 'dport', control.port)] },
      { family, words: [...addressMatch('src', address), ...portMatch(family, 'tcp', 'sport', control.port)] },
    ];
  });
  const sides: readonly Side[] = device === 'lo' ? SIDES : ['sport'];
  const local = IP_FAMILIES.flatMap((family) =>
    TRANSPORTS.flatMap((protocol) => [...new Set(protectedPorts)].flatMap((port) => sides.map((side): FilterMatch => ({ family, words: portMatch(family, protocol, side, port) })))),
  );
  return [...server, ...local];
}

function to(network: string): FilterMatch {
  return { family: familyOf(network), words: addressMatch('dst', network) };
}

function addressMatch(side: 'src' | 'dst', network: string): string[] {
  const family = familyOf(network);
  const length = network.includes('/') ? '' : family === 6 ? '/128' : '/32';
  return ['match', family === 6 ? 'ip6' : 'ip', side, `${network}${length}`];
}

function protocolMatch(family: IpFamily, protocol: keyof typeof PROTOCOL_NUMBER): string[] {
  return ['match', family === 6 ? 'ip6' : 'ip', 'protocol', String(PROTOCOL_NUMBER[protocol]), '0xff'];
}

/** Later fragments of an IPv4 packet have no ports: what stands there is data and must not be taken for one (offset of RFC 791 section 3.1, at byte 6). */
function portMatch(family: IpFamily, protocol: keyof typeof PROTOCOL_NUMBER, side: Side, port: number): string[] {
  const unfragmented = family === 6 ? [] : ['match', 'u16', '0x0000', '0x1fff', 'at', '6'];
  return [...unfragmented, ...protocolMatch(family, protocol), 'match', family === 6 ? 'ip6' : 'ip', side, String(port), '0xffff'];
}
