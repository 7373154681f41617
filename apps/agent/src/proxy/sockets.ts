import { isIP } from 'node:net';
import type { Socket } from 'node:net';

/** Splits `host:port`; IPv6 addresses stand in brackets. The port is NaN where there is none. */
export function hostAndPort(text: string): { readonly host: string; readonly port: number } {
  const colon = text.lastIndexOf(':');
  const port = text.slice(colon + 1);
  return { host: text.slice(0, Math.max(0, colon)).replace(/^\[(.*)\]$/, '$1'), port: /^\d*$/.test(port) ? Number(port) : Number.NaN };
}

/** `127.0.0.1:80`, `[::1]:80`. */
export function hostAndPortText(host: string, port: number): string {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

/** An address as people write it: IPv4 mapped into IPv6 (RFC 4291 section 2.5.5.2) is IPv4, and a zone is left out. */
export function plainAddress(address = ''): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
}

/** Ends a connection with RST where it can be done, drops what was not sent, and frees the socket in every case. */
export function resetSocket(socket: Socket): void {
  // A reset is refused while a FIN is on its way out (libuv: EINVAL) and the handle would then stay open; it also waits for a pending connect.
  const finishing = socket.writableEnded && !socket.writableFinished && socket.writableLength === 0;
  if (finishing || socket.connecting) socket.destroy();
  else socket.resetAndDestroy();
}

/** True when both directions of a socket ended by FIN and nothing went wrong. */
export function endedCleanly(socket: Socket): boolean {
  return socket.readableEnded && socket.writableFinished && socket.errored === null;
}

/**
 * Ends a connection with FIN behind what was written, and reads on without looking: closed with bytes unread, the kernel would send RST and the peer
 * could lose what it has not read yet. A peer that does nothing for `lingerMs` is dropped.
 */
export function endSocket(socket: Socket, lingerMs: number): void {
  if (socket.connecting) return void socket.destroy();
  socket.end();
  socket.setTimeout(lingerMs, () => socket.destroy());
  socket.resume();
}
