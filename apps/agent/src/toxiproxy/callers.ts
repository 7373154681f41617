import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { refused } from './answer.js';
import type { Answer } from './answer.js';

const LOOPBACK_NAME = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|::1)$/;
const ANY_HOST = ['', '0.0.0.0', '::'];

/** Whether only this machine can reach a listener of that host. */
export function isLoopback(host: string): boolean {
  return LOOPBACK_NAME.test(host.toLowerCase());
}

/**
 * Refuses requests that a web page could have made somebody's browser send. The API has no password, because its clients cannot send one, so:
 *
 * - `Host` must name this listener. A page whose own name was rebound to this address still sends its own name.
 * - `Origin` is sent by pages and not by clients: only one of this listener's own is taken.
 *
 * `authority` is that of an absolute request target, which takes the place of `Host`. Null: go on.
 */
export function refuseStranger(request: IncomingMessage, authority: string | null, listenHost: string): Answer | null {
  const host = authority ?? request.headers.host ?? '';
  if (!namesThis(hostOf(host), listenHost.toLowerCase())) {
    return refused({ error: `host not allowed: ${host}: ask by a loopback name or by the address that is listened on`, status: 403 });
  }
  const { origin } = request.headers;
  if (origin === undefined || origin.toLowerCase() === `http://${host.toLowerCase()}`) return null;
  return refused({ error: `origin not allowed: ${origin}`, status: 403 });
}

/** Toxiproxy's own guard, for routed requests alone: no client of its API calls itself Mozilla. */
export function isBrowser(request: IncomingMessage): boolean {
  return request.headers['user-agent']?.startsWith('Mozilla/') ?? false;
}

function namesThis(name: string, listenHost: string): boolean {
  if (isLoopback(name) || name === listenHost) return true;
  // On every address there is no one name to compare with. Rebinding needs a name that its attacker owns, and those have a dot.
  return ANY_HOST.includes(listenHost) && name !== '' && (isIP(name) !== 0 || !name.includes('.') || name === hostname().toLowerCase());
}

function hostOf(authority: string): string {
  return authority.toLowerCase().replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1');
}
