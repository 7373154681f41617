/** True for addresses (IPv4 or IPv6 text, with or without a zone) that lie in a network. */
export type NetworkMatcher = (address: string) => boolean;

interface Network {
  readonly bytes: readonly number[];
  readonly prefixBits: number;
}

const MAPPED_BITS = 96;

/**
 * Compiles an address or CIDR block (RFC 4632, RFC 4291) once for many addresses. IPv4 mapped into IPv6 (RFC 4291 section 2.5.5.2) counts as IPv4 on
 * both sides; otherwise the families never meet: `::/0` is every IPv6 address and no IPv4 one. Text that is no network contains nothing.
 */
export function compileNetwork(cidr: string): NetworkMatcher {
  const network = parseNetwork(cidr);
  if (network === null) return () => false;
  return (address) => {
    const bytes = parseAddress(address);
    return bytes !== null && bytes.length === network.bytes.length && sharePrefix(bytes, network);
  };
}

/** True when `address` lies in the network `cidr`, such as `10.0.0.0/8`, `fd00::/8` or a single address. */
export function networkContains(cidr: string, address: string): boolean {
  return compileNetwork(cidr)(address);
}

function sharePrefix(bytes: readonly number[], network: Network): boolean {
  for (let at = 0; at * 8 < network.prefixBits; at++) {
    // The last byte may belong to the network with its upper bits alone.
    const mask = (0xff00 >> Math.min(8, network.prefixBits - at * 8)) & 0xff;
    if (((bytes[at] ?? 0) ^ (network.bytes[at] ?? 0)) & mask) return false;
  }
  return true;
}

function parseNetwork(cidr: string): Network | null {
  const [address = '', prefix, ...more] = cidr.split('/');
  const bytes = parseRaw(address);
  if (bytes === null || more.length > 0) return null;
  if (prefix !== undefined && !/^\d{1,3}$/.test(prefix)) return null;
  const prefixBits = prefix === undefined ? bytes.length * 8 : Number(prefix);
  if (prefixBits > bytes.length * 8) return null;
  const mapped = prefixBits >= MAPPED_BITS ? mappedOf(bytes) : null;
  return mapped === null ? { bytes, prefixBits } : { bytes: mapped, prefixBits: prefixBits - MAPPED_BITS };
}

/** Four bytes, or sixteen; null for what is no address. */
function parseAddress(text: string): readonly number[] | null {
  const bytes = parseRaw(text.split('%')[0] ?? '');
  return bytes === null ? null : (mappedOf(bytes) ?? bytes);
}

/** The IPv4 address within `::ffff:0:0/96`; null for all others. */
function mappedOf(bytes: readonly number[]): readonly number[] | null {
  const isMapped = bytes.length === 16 && bytes.every((byte, at) => at >= 12 || byte === (at < 10 ? 0 : 0xff));
  return isMapped ? bytes.slice(12) : null;
}

function parseRaw(text: string): readonly number[] | null {
  return text.includes(':') ? parseIPv6(text) : parseIPv4(text);
}

function parseIPv4(text: string): readonly number[] | null {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return null;
  const bytes = text.split('.').map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : null;
}

function parseIPv6(text: string): readonly number[] | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map(parseGroups);
  if (head === undefined || head === null || tail === null) return null;
  if (tail === undefined) return head.length === 16 ? head : null;
  const missing = 16 - head.length - tail.length;
  return missing >= 2 ? [...head, ...new Array<number>(missing).fill(0), ...tail] : null;
}

/** Groups of four hexadecimal digits, the last of which may be an IPv4 address. */
function parseGroups(text: string): readonly number[] | null {
  if (text === '') return [];
  const groups = text.split(':').map((group, at, all) => (at === all.length - 1 && group.includes('.') ? parseIPv4(group) : parseGroup(group)));
  return groups.includes(null) ? null : groups.flatMap((bytes) => bytes ?? []);
}

function parseGroup(group: string): readonly number[] | null {
  if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return null;
  const value = parseInt(group, 16);
  return [value >> 8, value & 0xff];
}
