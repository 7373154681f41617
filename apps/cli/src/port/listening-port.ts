import { createServer, type AddressInfo } from 'node:net';
import { AppError } from '#contracts';
import { errorCode } from '../console/failure-line.js';
import { findPortHolder } from './port-holder.js';

/** Both, because browsers may take `localhost` for either: a stranger on ::1 would answer for us. */
const LOOPBACKS = ['127.0.0.1', '::1'];

/** Throws PORT_TAKEN with the holder's pid and command where they can be read. Checked before anything starts, so that nothing has to be undone. */
export async function requireFreePort(port: number): Promise<void> {
  for (const host of LOOPBACKS) {
    const code = await tryListen(port, host);
    if (code === 'EACCES') throw new AppError('PORT_TAKEN', { port, holder: 'the system, which keeps ports below 1024 for root' });
    if (code === 'EADDRINUSE') throw new AppError('PORT_TAKEN', { port, holder: await findPortHolder(port) });
  }
}

/** A loopback port that was free a moment ago. */
export async function pickFreePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** The error code of listening there, or null when it worked. A machine without IPv6 answers with a code of its own, which is no obstacle. */
function tryListen(port: number, host: string): Promise<string | null> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', (error) => resolve(errorCode(error) ?? error.message));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(null)));
  });
}
