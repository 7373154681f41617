import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Protocol } from '#contracts';
import type { EdgeRule } from '#faults';
import { replyTo, requestOf } from './shot.js';
import type { Shot } from './shot.js';
import { Witness } from './witness.js';

/** What a probe needs of a proxy. */
export interface ProbedEdge {
  /** Serves the connection as one of the edge's own with `rule` alone, towards `upstream`; the edge counts nothing of it. Throws when the fault does not act. */
  acceptProbe(client: Socket, probe: { readonly faultId: string; readonly rule: EdgeRule; readonly upstream: { readonly host: string; readonly port: number } }): void;
}

export interface ProbePath {
  readonly edge: ProbedEdge;
  readonly faultId: string;
  readonly protocol: Protocol;
  readonly rule: EdgeRule;
}

/** What came of a probe: everything that both ends saw, on the monotonic clock. */
export interface Trace {
  /** When the caller sent its bytes, and when the upstream had them all and answered; null when it never did. */
  readonly sentMs: number;
  readonly repliedMs: number | null;
  /** When the caller ended its stream, and when the upstream followed; null when they did not. */
  readonly callerEndedMs: number | null;
  readonly upstreamEndedMs: number | null;
  readonly caller: Witness;
  readonly upstream: Witness;
}

const LOOPBACK = '127.0.0.1';
const SETTLES_WITHIN_MS = 100;

/**
 * Sends one message through the proxy's own code with a rule on it, to an upstream of our own and back. The real target hears nothing of it:
 *
 *     caller -> private listener -> acceptProbe: link, rule, stages -> upstream of our own
 */
export async function probe(path: ProbePath, shot: Shot): Promise<Trace> {
  const echo = new Echo(path.protocol, shot);
  const front = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true });
  const caller = new Witness(path.protocol);
  let client: Socket | null = null;
  try {
    const upstream = { host: LOOPBACK, port: await listen(echo.server) };
    client = connect({ port: await listen(front), host: LOOPBACK, allowHalfOpen: true, noDelay: true });
    caller.watch(client);
    await handOver(front, client, (socket) => path.edge.acceptProbe(socket, { faultId: path.faultId, rule: path.rule, upstream }));
    const sentMs = await say(client, path.protocol, shot);
    const answered = (): boolean => caller.body.length >= shot.replyBytes;
    if (shot.thenEnds || shot.until === 'answered') await caller.until(() => caller.end !== null || answered(), shot.waitMs);
    const callerEndedMs = shot.thenEnds && answered() ? performance.now() : null;
    if (callerEndedMs !== null) client.end();
    if (shot.until === 'ended') await caller.until(() => caller.end !== null, shot.waitMs);
    if (caller.end !== null) await echo.settle();
    return { sentMs, callerEndedMs, caller, ...echo.seen() };
  } finally {
    client?.destroy();
    front.close();
    echo.close();
  }
}

async function say(client: Socket, protocol: Protocol, shot: Shot): Promise<number> {
  await sleep(shot.sendAfterMs);
  const sentMs = performance.now();
  client.write(requestOf(protocol, shot));
  return sentMs;
}

/** The upstream of one probe: answers once it has everything, and ends when it is ended. */
class Echo {
  readonly server: Server;
  private readonly witness: Witness;
  private readonly sockets: Socket[] = [];
  private repliedMs: number | null = null;
  private endedMs: number | null = null;

  constructor(protocol: Protocol, shot: Shot) {
    this.witness = new Witness(protocol);
    this.server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      this.sockets.push(socket);
      this.witness.watch(socket);
      socket.on('data', () => {
        if (this.repliedMs !== null || this.witness.body.length < shot.requestBytes) return;
        this.repliedMs = performance.now();
        socket.write(replyTo(protocol, shot));
      });
      socket.on('end', () => {
        this.endedMs = performance.now();
        socket.end();
      });
    });
  }

  /** What ended the caller's side ends the other a moment later, or not at all. */
  async settle(): Promise<void> {
    await this.witness.until(() => this.witness.end !== null, SETTLES_WITHIN_MS);
  }

  seen(): Pick<Trace, 'repliedMs' | 'upstreamEndedMs' | 'upstream'> {
    return { repliedMs: this.repliedMs, upstreamEndedMs: this.endedMs, upstream: this.witness };
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }
}

async function listen(server: Server): Promise<number> {
  server.listen(0, LOOPBACK);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Anybody on this host may dial a loopback port; only our own connection goes through. */
function handOver(front: Server, client: Socket, accept: (socket: Socket) => void): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    client.once('error', reject);
    client.once('close', () => reject(new Error('the probe was not accepted')));
    front.on('connection', (socket: Socket) => {
      if (socket.remotePort !== client.localPort) return void socket.destroy();
      try {
        accept(socket);
        resolve();
      } catch (error) {
        reject(error as Error);
      }
    });
  });
}
