import type { Socket } from 'node:net';

/** Splits `host:port`; IPv6 addresses stand in brackets. */
export function hostAndPort(text: string): { readonly host: string; readonly port: number } {
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon).replace(/^\[(.*)\]$/, '$1'), port: Number(text.slice(colon + 1)) };
}

/** Ends a connection with RST where it can be done, and frees the socket in every case. */
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
