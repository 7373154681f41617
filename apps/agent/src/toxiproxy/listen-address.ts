import { lookup } from 'node:dns/promises';
import { SocketAddress, isIP, isIPv6 } from 'node:net';

/** An address to listen on, as Go's net package resolves it. */
export interface ListenAddress {
  /** As Go prints it: `127.0.0.1:80`, `[::1]:80`, `:80`. Equal texts are equal addresses. */
  readonly text: string;
  /** The same with numbers only, and without a host where any will do: what to listen on. */
  readonly listenOn: string;
}
export type ResolvedAddress = { readonly ok: true; readonly address: ListenAddress } | { readonly ok: false; readonly problem: string };

const UNSPECIFIED = ['', '0.0.0.0', '::'];

/** Resolves `host:port`; the empty text is any address and any port. Problems are in Go's words, without the `listen tcp: ` that some callers put before. */
export async function resolveListen(text: string): Promise<ResolvedAddress> {
  const split = splitHostPort(text);
  if (typeof split === 'string') return { ok: false, problem: `address ${text}: ${split}` };
  const port = portNumber(split.port);
  if (typeof port === 'string') return { ok: false, problem: port };
  const host = await hostAddress(split.host);
  if (host === null) return { ok: false, problem: `lookup ${split.host}: no such host` };
  const printed = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
  return { ok: true, address: { text: printed, listenOn: UNSPECIFIED.includes(host) ? `:${port}` : printed } };
}

/** What is wrong with an address without asking a name server; null when it can be tried. A host that is not known now may be known later. */
export function addressProblem(text: string): string | null {
  const split = splitHostPort(text);
  if (typeof split === 'string') return `address ${text}: ${split}`;
  const port = portNumber(split.port);
  if (typeof port === 'string') return port;
  const [bare = ''] = split.host.split('%');
  return split.host === '' || isIP(bare) !== 0 || isDomainName(split.host) ? null : `lookup ${split.host}: no such host`;
}

function splitHostPort(text: string): { readonly host: string; readonly port: string } | string {
  if (text === '') return { host: '', port: '' };
  const colon = text.lastIndexOf(':');
  if (colon < 0) return 'missing port in address';
  const close = text.startsWith('[') ? text.indexOf(']') : null;
  if (close === null && text.slice(0, colon).includes(':')) return 'too many colons in address';
  if (close === -1) return "missing ']' in address";
  if (close !== null && close + 1 !== colon) return text[close + 1] === ':' ? 'too many colons in address' : 'missing port in address';
  if (text.includes('[', close === null ? 0 : 1)) return "unexpected '[' in address";
  if (text.includes(']', close === null ? 0 : close + 1)) return "unexpected ']' in address";
  return { host: close === null ? text.slice(0, colon) : text.slice(1, close), port: text.slice(colon + 1) };
}

function portNumber(text: string): number | string {
  if (text === '') return 0;
  if (!/^[+-]?\d+$/.test(text)) return `lookup tcp/${text}: unknown port`;
  const port = Number(text);
  return port >= 0 && port <= 65_535 ? port + 0 : `address ${text}: invalid port`;
}

/** Null: no such host. IPv4 comes first, as Go prefers it. */
async function hostAddress(host: string): Promise<string | null> {
  const [bare = '', zone] = host.split('%');
  if (host === '' || isIP(bare) === 4) return host;
  if (isIPv6(bare)) return numericV6(bare) + (zone === undefined ? '' : `%${zone}`);
  if (!isDomainName(host)) return null;
  const found = await lookup(host, { all: true }).catch(() => []);
  return (found.find(({ family }) => family === 4) ?? found[0])?.address ?? null;
}

function numericV6(address: string): string {
  return new SocketAddress({ address, family: 'ipv6' }).address.replace(/^::ffff:(?=\d+\.)/, '');
}

/** Whether it is worth asking a name server, as Go decides it: an address that is none, such as `127.1`, is not. */
function isDomainName(host: string): boolean {
  return host.length <= 254 && /^(?!-)[\w.-]+$/.test(host) && /[A-Za-z_]/.test(host) && !host.includes('..');
}
