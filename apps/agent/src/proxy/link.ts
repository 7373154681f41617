import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { EdgeMeter } from '../sensors/edge-meter.js';
import type { LinkEnd, Relay } from './relay.js';
import { endedCleanly, resetSocket } from './sockets.js';

// A caller that was answered with `Connection: close` gets this long to read the answer and close, before the socket is taken away.
const LINGER_MS = 2_000;

interface LinkOptions {
  readonly client: Socket;
  readonly upstream: { readonly host: string; readonly port: number };
  readonly meter: EdgeMeter;
  /** Makes the relay of this link; it may keep the link to call it. */
  readonly relayOf: (link: Link) => Relay;
  readonly onSettled: (link: Link) => void;
}

/**
 * One caller's connection and the one made for it to the upstream. It moves bytes as the relay says and keeps what TCP promises:
 *
 *     client  --- data, FIN, RST --->  relay  --- data, FIN, RST --->  upstream
 *             <--- backpressure ----          <--- backpressure ----
 *
 * Nothing is read from the client before the upstream is connected, so a refused upstream resets the caller. Each direction reads only as fast
 * as the other side writes: at most one chunk beyond a socket's own buffer is in memory.
 */
export class Link {
  private readonly client: Socket;
  private upstream: Socket;
  private relay: Relay;
  private connected = false;
  /** The first dial succeeded: from then on the relay knows what is owed. */
  private served = false;
  private clientHeld = false;
  private upstreamSilenced = false;
  private endUpstreamLater = false;
  private lingering = false;
  private settled = false;

  constructor(private readonly options: LinkOptions) {
    this.client = options.client;
    this.relay = options.relayOf(this);
    this.upstream = this.dial();
    this.wireClient();
  }

  toUpstream(bytes: Buffer): void {
    if (bytes.length > 0 && this.upstream.writable && !this.upstream.write(bytes)) this.client.pause();
  }

  toClient(bytes: Buffer): void {
    if (bytes.length > 0 && this.client.writable && !this.client.write(bytes)) this.upstream.pause();
  }

  /** Stops reading from the caller until `releaseClient`; what it sends waits in the kernel, and its FIN is passed on after that. */
  holdClient(): void {
    this.clientHeld = true;
    this.client.pause();
  }

  releaseClient(): void {
    this.clientHeld = false;
    if (this.endUpstreamLater) this.upstream.end();
    this.resumeClient();
  }

  /** Stops reading from the upstream for good: its bytes and its end stay unseen. Only for links that will be reset or closed. */
  silenceUpstream(): void {
    this.upstreamSilenced = true;
    this.upstream.pause();
  }

  endUpstream(): void {
    // A FIN is seen even while the caller is not read; it must not overtake what is held.
    if (this.clientHeld) this.endUpstreamLater = true;
    else this.upstream.end();
  }

  endClient(): void {
    this.client.end();
  }

  /** Replaces an upstream connection that ended while nothing was owed on it. */
  redial(): void {
    const old = this.upstream;
    this.connected = false;
    this.upstream = this.dial();
    old.destroy();
  }

  handOver(relay: Relay): void {
    this.relay = relay;
  }

  /** The last answer to the caller is written: ends its connection so that it can still be read, and drops the upstream. */
  finishClient(): void {
    this.lingering = true;
    this.upstream.destroy();
    this.client.end();
    this.client.setTimeout(LINGER_MS, () => this.client.destroy());
    this.releaseClient();
  }

  ruleLifted(): void {
    if (!this.settled) this.relay.ruleLifted();
  }

  /** Takes both connections away with RST. */
  reset(end: LinkEnd): void {
    if (this.settled) return;
    this.settle(end);
    resetSocket(this.client);
    resetSocket(this.upstream);
  }

  /** Closes both connections without an answer: FIN to the caller. */
  close(end: LinkEnd): void {
    if (this.settled) return;
    this.settle(end);
    this.client.destroy();
    this.upstream.destroy();
  }

  private dial(): Socket {
    const upstream = connect({ ...this.options.upstream, allowHalfOpen: true, noDelay: true, keepAlive: true });
    upstream.on('connect', () => {
      if (upstream !== this.upstream) return;
      this.connected = this.served = true;
      this.resumeClient();
    });
    upstream.on('data', (chunk: Buffer) => this.fromUpstream(upstream, chunk));
    upstream.on('end', () => {
      if (this.listensTo(upstream)) this.relay.upstreamEnded();
    });
    upstream.on('drain', () => this.resumeClient());
    upstream.on('error', ignore);
    upstream.on('close', () => {
      if (upstream === this.upstream && !this.upstreamSilenced) this.closed(upstream);
    });
    return upstream;
  }

  private fromUpstream(from: Socket, chunk: Buffer): void {
    if (!this.listensTo(from)) return;
    this.options.meter.bytesReceived += chunk.length;
    this.relay.fromUpstream(chunk);
  }

  private listensTo(upstream: Socket): boolean {
    return upstream === this.upstream && !this.settled && !this.lingering && !this.upstreamSilenced;
  }

  private wireClient(): void {
    const { client } = this;
    // Paused before the listener is added, or adding it would start the flow; the upstream's `connect` does that.
    client.pause();
    client.on('data', (chunk: Buffer) => this.fromClient(chunk));
    client.on('end', () => {
      if (!this.settled && !this.lingering) this.relay.clientEnded();
    });
    client.on('drain', () => {
      if (!this.upstreamSilenced) this.upstream.resume();
    });
    client.on('error', ignore);
    client.on('close', () => this.closed(client));
  }

  private fromClient(chunk: Buffer): void {
    if (this.settled || this.lingering) return;
    this.options.meter.bytesSent += chunk.length;
    this.relay.fromClient(chunk);
  }

  private resumeClient(): void {
    if (this.lingering || (this.connected && !this.clientHeld && !this.upstream.writableNeedDrain)) this.client.resume();
  }

  private closed(socket: Socket): void {
    if (this.settled) return;
    if (!this.lingering && !endedCleanly(socket)) return this.reset('broken');
    if (this.client.destroyed && this.upstream.destroyed) this.settle('clean');
  }

  private settle(end: LinkEnd): void {
    this.settled = true;
    // A caller whose upstream never answered the dial asked for something, and got nothing.
    if (!this.served) this.options.meter.count('noResponse', 0, end === 'fault');
    this.relay.closed(end);
    this.options.onSettled(this);
  }
}

function ignore(): void {
  // Every error of a socket is followed by its `close`, which ends the link; the errors themselves are the peers' business.
}
