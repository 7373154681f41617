import { connect } from 'node:net';
import { judged } from './finding.js';
import type { Finding } from './finding.js';

const WITHIN_MS = 1_000;

/** Dials the address that callers dial. Nothing of ours is passed on: where the port is open after all, the connection is dropped before a byte is sent. */
export async function proveDown(at: { readonly host: string; readonly port: number }): Promise<Finding> {
  const outcome = await new Promise<string>((resolve) => {
    const socket = connect(at);
    const done = (how: string): void => {
      socket.destroy();
      resolve(how);
    };
    socket.setTimeout(WITHIN_MS, () => done(`no answer within ${WITHIN_MS} ms`));
    socket.once('connect', () => done('a connection was accepted'));
    socket.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
  });
  return judged(outcome === 'ECONNREFUSED', outcome, `one connection to ${at.host}:${at.port}`);
}
