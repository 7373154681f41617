import { connect } from 'node:net';

/**
 * Opens a TCP connection and closes it at once. Gives how long it took until the other side answered, by accepting or refusing; null when
 * nothing was heard in time. The kernel sends a lost SYN again only after a second (RFC 6298 section 2.1), so below that one loss is one miss.
 */
export function dial({ host, port }: { readonly host: string; readonly port: number }, withinMs: number): Promise<number | null> {
  return new Promise((resolve) => {
    const startedAtMs = performance.now();
    const socket = connect({ host, port });
    const end = (answerMs: number | null): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answerMs);
    };
    const timer = setTimeout(() => end(null), withinMs);
    socket.once('connect', () => end(performance.now() - startedAtMs));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNREFUSED' || error.code === 'ECONNRESET' ? performance.now() - startedAtMs : null));
  });
}
