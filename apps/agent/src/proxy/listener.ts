import { lookup } from 'node:dns/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { SOCKET_OPTIONS } from './link.js';
import { hostAndPort, hostAndPortText } from './sockets.js';

// Callers that come all at once wait in the kernel for the event loop to turn; Node's default of 511 is soon full, and then they wait a second each.
const BACKLOG = 4_096;

interface ListenerEvents {
  readonly onConnection: (client: Socket) => void;
  /** Accepting can fail later, when the process is out of file descriptors: the next connection is tried again. */
  readonly onProblem: (error: Error) => void;
}

/** The place at which an edge is dialled. Closed, it is really closed: the kernel refuses. Opened again, it has the port that it had. */
export class Listener {
  private server: Server | null = null;
  private opening: Promise<void> | null = null;
  private wanted = false;
  private resolved: { readonly host: string; readonly port: number } | null = null;

  constructor(
    private readonly given: string,
    private readonly events: ListenerEvents,
  ) {}

  /** `127.0.0.1:46679`, `[::]:8080`; as it was given for one that has never listened. */
  get address(): string {
    return this.resolved === null ? this.given : hostAndPortText(this.resolved.host, this.resolved.port);
  }
  /** The port, also when the choice was left to the kernel (port 0). */
  get port(): number {
    return this.resolved?.port ?? hostAndPort(this.given).port;
  }

  /** Rejects with Node's error when the address cannot be had. Harmless when it listens. */
  async open(): Promise<void> {
    this.wanted = true;
    // One that is closed while it opens, and opened again, has to wait for the first to be over.
    while (this.opening !== null) await this.opening.catch(() => undefined);
    if (this.server !== null || !this.wanted) return;
    this.opening = this.listen();
    await this.opening.finally(() => (this.opening = null));
  }

  /** From here on the kernel refuses. The promise waits for the connections that were accepted to end. */
  close(): Promise<void> {
    this.wanted = false;
    const { server } = this;
    this.server = null;
    return server === null ? Promise.resolve() : new Promise((resolve) => server.close(() => resolve()));
  }

  private async listen(): Promise<void> {
    const at = this.resolved ?? (await resolve(this.given));
    const server = createServer({ ...SOCKET_OPTIONS, pauseOnConnect: true }, this.events.onConnection);
    await listening(server, at);
    server.on('error', this.events.onProblem);
    const { address, port } = server.address() as AddressInfo;
    this.resolved = { host: address, port };
    if (this.wanted) this.server = server;
    else server.close();
  }
}

function listening(server: Server, { host, port }: { readonly host: string; readonly port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // Without a host Node listens on `::` for both families, or on 0.0.0.0 where there is no IPv6.
    server.listen({ port, backlog: BACKLOG, ...(host === '' ? {} : { host }) }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** A name stands for its IPv4 address where it has one, so that `localhost` is the same place on every machine. */
async function resolve(listen: string): Promise<{ readonly host: string; readonly port: number }> {
  const { host, port } = hostAndPort(listen);
  return { host: host === '' ? '' : (await lookup(host, { verbatim: false })).address, port };
}
