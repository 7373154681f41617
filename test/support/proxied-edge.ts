import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { faultSpecSchema } from '#contracts';
import type { EdgeFaultKind, Protocol } from '#contracts';
import { compileFault, isEdgeFault, seeded } from '#faults';
import { EdgeProxy } from '../../apps/agent/src/proxy/edge-proxy.js';
import { EdgeMeter } from '../../apps/agent/src/sensors/edge-meter.js';
import { createLog } from '../../apps/agent/src/log.js';

export const FAULT_ID = '7f0c3f5e-6f1b-4c0e-9d5a-0d7f3a1b2c3d';

/** What a test sees of one end of a connection. */
export class Peer {
  receivedBytes = 0;
  connected = false;
  ended = false;
  /** The code of the error that ended it, such as ECONNRESET; null while it lives or when it ended well. */
  error: string | null = null;
  closed = false;
  private readonly changed: (() => void)[] = [];
  private chunks: Buffer[] = [];

  constructor(readonly socket: Socket) {
    socket.on('connect', () => this.note(() => (this.connected = true)));
    socket.on('data', (chunk: Buffer) => this.note(() => this.keep(chunk)));
    socket.on('end', () => this.note(() => (this.ended = true)));
    socket.on('error', (error: NodeJS.ErrnoException) => this.note(() => (this.error = error.code ?? error.message)));
    socket.on('close', () => this.note(() => (this.closed = true)));
  }

  get received(): Buffer {
    this.chunks = [Buffer.concat(this.chunks)];
    return this.chunks[0] ?? Buffer.alloc(0);
  }

  get text(): string {
    return this.received.toString('latin1');
  }

  write(text: string | Buffer): void {
    this.socket.write(text);
  }

  /** Resolves once `holds` is true of this end; a test that waits for what never comes fails by the runner's own time limit. */
  async until(holds: (peer: this) => boolean): Promise<this> {
    while (!holds(this)) await new Promise<void>((resolve) => this.changed.push(resolve));
    return this;
  }

  private keep(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.receivedBytes += chunk.length;
  }

  private note(change: () => void): void {
    change();
    for (const resolve of this.changed.splice(0)) resolve();
  }
}

export interface ProxiedEdge {
  readonly proxy: EdgeProxy;
  readonly meter: EdgeMeter;
  readonly upstreams: Peer[];
  dial(): Promise<Peer>;
  /** The nth connection that reached the upstream. */
  upstream(index?: number): Promise<Peer>;
  /** Parameters that are left out have their defaults. */
  inject(spec: { readonly kind: EdgeFaultKind; readonly params: object }): void;
  lift(): Promise<void>;
  close(): Promise<void>;
}

/** A proxy between a test that dials and an upstream made of bare sockets; `onUpstream` answers, or the test does. */
export async function startEdge(protocol: Protocol, onUpstream: (peer: Peer) => void = () => undefined): Promise<ProxiedEdge> {
  const upstreams: Peer[] = [];
  const arrivals: (() => void)[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const peer = new Peer(socket);
    upstreams.push(peer);
    onUpstream(peer);
    for (const resolve of arrivals.splice(0)) resolve();
  });
  const proxied = await proxyTo(protocol, await listen(server));
  const upstream = async (index = 0): Promise<Peer> => {
    for (;;) {
      const peer = upstreams[index];
      if (peer !== undefined) return peer;
      await new Promise<void>((resolve) => arrivals.push(resolve));
    }
  };
  const close = async (): Promise<void> => {
    await proxied.close();
    for (const peer of upstreams) peer.socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { ...proxied, upstreams, upstream, close };
}

export interface Proxied {
  readonly proxy: EdgeProxy;
  readonly meter: EdgeMeter;
  dial(): Promise<Peer>;
  inject(spec: { readonly kind: EdgeFaultKind; readonly params: object }): void;
  lift(): Promise<void>;
  close(): Promise<void>;
}

/** A proxy in front of whatever listens on `port`. */
export async function proxyTo(protocol: Protocol, port: number): Promise<Proxied> {
  const meter = new EdgeMeter();
  const edge = { source: 'caller', target: 'target', protocol };
  const proxy = new EdgeProxy({ edge, listen: '127.0.0.1:0', upstream: `127.0.0.1:${port}`, meter, log: createLog('silent') });
  await proxy.open();
  const callers: Peer[] = [];
  const dial = async (): Promise<Peer> => {
    const socket = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
    const peer = new Peer(socket);
    callers.push(peer);
    return peer.until((it) => it.connected || it.closed);
  };
  const close = async (): Promise<void> => {
    for (const caller of callers) caller.socket.destroy();
    await proxy.close();
  };
  const inject = (spec: { readonly kind: EdgeFaultKind; readonly params: object }): void => {
    const whole = faultSpecSchema.parse(spec);
    if (!isEdgeFault(whole)) throw new Error(`${whole.kind} does not act on edges`);
    proxy.apply({ faultId: FAULT_ID, rule: compileFault(whole, seeded(1), protocol) });
  };
  const lift = (): Promise<void> => proxy.lift(FAULT_ID);
  return { proxy, meter, dial, inject, lift, close };
}

export async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Gives the runtime's loop `ms` to do something that must not be done. */
export function quiet(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
