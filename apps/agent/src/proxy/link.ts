import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { EdgeMeter } from '../sensors/edge-meter.js';
import type { ByteCounts } from './byte-counts.js';
import { ConnectDelay } from './connect-delay.js';
import { LinkRules } from './link-rules.js';
import type { LinkEnd, LinkRule, Relay } from './relay.js';
import { endedCleanly, endSocket, plainAddress, resetSocket } from './sockets.js';
import { StreamPipe } from './stream-pipe.js';

// A caller that was answered with `Connection: close` gets this long to read the answer and close, before the socket is taken away.
const LINGER_MS = 2_000;

/** Of both sockets of a link. The buffer takes two full reads, so that one can be written without waiting for `drain`, which costs a turn of the event loop. */
export const SOCKET_OPTIONS = { allowHalfOpen: true, noDelay: true, keepAlive: true, highWaterMark: 131_072 };

interface LinkOptions {
  readonly client: Socket;
  readonly upstream: { readonly host: string; readonly port: number };
  readonly meter: EdgeMeter;
  readonly bytes: ByteCounts;
  /** Those that act as the connection is made, in order. */
  readonly rules: readonly LinkRule[];
  /** How long each of them delays the dialling, by its name. */
  readonly connectDelaysMs: Map<string, number>;
  /** Makes the relay of this link; it may keep the link to call it. */
  readonly relayOf: (link: Link) => Relay;
  /** The link is over as far as anyone counts. */
  readonly onSettled: (link: Link) => void;
  /** Both sockets are freed. */
  readonly onGone: (link: Link) => void;
}

/**
 * One caller's connection and the one made for it to the upstream. It moves bytes as the relay says and keeps what TCP promises:
 *
 *     client  --- data, FIN, RST --->  relay -> upstream pipe  --->  upstream
 *             <--- backpressure ----                          <---
 *     client  <--- data, FIN, RST ---  relay <- downstream pipe <--  upstream
 *
 * The relay stands on the caller's side of the pipes, so what it measures has the delays of their stages in it. Nothing is read from the client
 * before the upstream is connected, so a refused upstream resets the caller. Without stages each direction reads only as fast as the other side
 * writes: at most one chunk beyond a socket's own buffer is in memory.
 */
export class Link {
  readonly rules: LinkRules;
  private readonly client: Socket;
  private readonly pipes: { readonly upstream: StreamPipe; readonly downstream: StreamPipe };
  private upstream: Socket | null = null;
  private relay: Relay;
  private readonly connectDelay: ConnectDelay | null;
  private connected = false;
  /** The first dial succeeded: from then on the relay knows what is owed. */
  private served = false;
  private clientHeld = false;
  private upstreamHeld = false;
  private upstreamSilenced = false;
  /** The upstream broke its connection, and that is on its way to the caller behind what stages hold. */
  private upstreamBroke = false;
  private endUpstreamLater = false;
  private lingering = false;
  private settled = false;
  private address: string | null = null;

  constructor(private readonly options: LinkOptions) {
    this.client = options.client;
    this.pipes = this.createPipes();
    this.rules = new LinkRules(this.pipes, () => this.forget());
    this.relay = options.relayOf(this);
    this.wireClient();
    options.rules.forEach((rule, i) => this.rules.put(rule, options.rules.slice(0, i).map(({ faultId }) => faultId)));
    this.connectDelay = this.dialWhenDue();
  }

  /** IPv4 or IPv6 text. */
  get sourceAddress(): string {
    return (this.address ??= plainAddress(this.client.remoteAddress));
  }

  /** A fault's stage acts on what passes here. */
  get staged(): boolean {
    return this.rules.staged;
  }

  toUpstream(bytes: Buffer): void {
    if (this.pipes.upstream.clear) return this.writeUpstream(bytes);
    this.pipes.upstream.pass(bytes);
    if (this.pipes.upstream.full) this.client.pause();
  }

  /** False when the bytes wait for the caller to take earlier ones. */
  toClient(bytes: Buffer): boolean {
    if (bytes.length === 0 || this.settled || !this.client.writable) return true;
    this.options.bytes.downstream.sent += bytes.length;
    const taken = this.client.write(bytes);
    if (!taken) this.upstream?.pause();
    return taken;
  }

  /** Stops reading from the caller until `releaseClient`; what it sends waits in the kernel, and its FIN is passed on after that. */
  holdClient(): void {
    this.clientHeld = true;
    this.client.pause();
  }

  releaseClient(): void {
    this.clientHeld = false;
    if (this.endUpstreamLater) this.pipes.upstream.passEnd();
    this.endUpstreamLater = false;
    this.resumeClient();
  }

  /** Stops reading from the upstream until `releaseUpstream`; nothing of it reaches the relay, its end neither. */
  holdUpstream(): void {
    this.upstreamHeld = true;
    this.pipes.downstream.hold();
    this.upstream?.pause();
  }

  releaseUpstream(): void {
    this.upstreamHeld = false;
    if (this.upstreamSilenced) return;
    this.pipes.downstream.release();
    this.resumeUpstream();
  }

  /** Stops reading from the upstream for good: its bytes and its end stay unseen. Only for links that will be reset or closed. */
  silenceUpstream(): void {
    this.upstreamSilenced = true;
    this.pipes.downstream.hold();
    this.upstream?.pause();
  }

  endUpstream(): void {
    // A FIN is seen even while the caller is not read; it must not overtake what is held.
    if (this.clientHeld) this.endUpstreamLater = true;
    else this.pipes.upstream.passEnd();
  }

  endClient(): void {
    this.client.end();
  }

  /** Replaces an upstream connection that ended while nothing was owed on it. */
  redial(): void {
    if (this.rules.forgotten) return;
    const old = this.upstream;
    this.connected = false;
    this.dial();
    old?.destroy();
  }

  handOver(relay: Relay): void {
    this.relay = relay;
  }

  /** The last answer to the caller is written: ends its connection so that it can still be read, and drops the upstream. */
  finishClient(): void {
    this.lingering = true;
    this.upstream?.destroy();
    endSocket(this.client, LINGER_MS);
    this.releaseClient();
  }

  /** The rule acts from here on, behind those that are named; in the place of one with its name. */
  putRule(rule: LinkRule, forerunners: readonly string[]): void {
    if (!this.settled) this.rules.put(rule, forerunners);
  }

  /** The rule acts here no more. Waits for nothing. */
  liftRule(faultId: string): void {
    if (this.settled) return;
    this.connectDelay?.lifted(faultId);
    if (this.rules.lift(faultId)) this.reset('fault');
    this.tellLifted(faultId);
  }

  /** Takes both connections away with RST, also while they only linger. */
  reset(end: LinkEnd): void {
    this.settle(end);
    this.eachSocket(resetSocket);
  }

  /** Closes both connections without an answer: FIN to the caller, behind what was already passed on to it. */
  close(end: LinkEnd): void {
    if (this.settled) return;
    this.settle(end);
    this.eachSocket((socket) => endSocket(socket, LINGER_MS));
  }

  /** Takes both connections away at once. */
  destroy(end: LinkEnd): void {
    this.settle(end);
    this.eachSocket((socket) => socket.destroy());
  }

  /** The end of a stage may have been the end of the link. */
  private tellLifted(faultId: string): void {
    if (!this.settled) this.relay.ruleLifted(faultId);
  }

  private createPipes(): { readonly upstream: StreamPipe; readonly downstream: StreamPipe } {
    const cut = (type: 'close' | 'reset'): void => this[type]('fault');
    return {
      upstream: new StreamPipe({ cut, data: (bytes) => this.writeUpstream(bytes), end: () => this.upstream?.end(), drained: () => this.resumeClient() }),
      downstream: new StreamPipe({ cut, data: (bytes) => this.deliver(bytes), end: () => this.deliverEnd(), drained: () => this.resumeUpstream() }),
    };
  }

  private dialWhenDue(): ConnectDelay | null {
    const { connectDelaysMs } = this.options;
    if (connectDelaysMs.size > 0) return new ConnectDelay(performance.now(), connectDelaysMs, () => this.dial());
    this.dial();
    return null;
  }

  private dial(): void {
    const upstream = connect({ ...this.options.upstream, ...SOCKET_OPTIONS });
    this.upstream = upstream;
    upstream.on('connect', () => {
      if (upstream === this.upstream) this.onConnected();
    });
    upstream.on('data', (chunk: Buffer) => this.fromUpstream(upstream, chunk));
    upstream.on('end', () => {
      if (this.listensTo(upstream)) this.pipes.downstream.passEnd();
    });
    upstream.on('drain', () => this.resumeClient());
    upstream.on('error', ignore);
    upstream.on('close', () => this.upstreamClosed(upstream));
  }

  private onConnected(): void {
    this.connected = true;
    if (!this.served) this.rules.run(performance.now());
    this.served = true;
    this.resumeClient();
  }

  private fromUpstream(from: Socket, chunk: Buffer): void {
    if (!this.listensTo(from)) return;
    this.options.meter.bytesReceived += chunk.length;
    this.options.bytes.downstream.received += chunk.length;
    if (this.pipes.downstream.clear) return this.relay.fromUpstream(chunk);
    this.pipes.downstream.pass(chunk);
    if (this.pipes.downstream.full) from.pause();
  }

  private deliver(bytes: Buffer): void {
    if (!this.settled && !this.lingering) this.relay.fromUpstream(bytes);
  }

  private deliverEnd(): void {
    if (this.settled || this.lingering) return;
    if (this.upstreamBroke) this.reset('broken');
    else this.relay.upstreamEnded();
  }

  private listensTo(upstream: Socket): boolean {
    return upstream === this.upstream && !this.settled && !this.lingering && !this.upstreamSilenced;
  }

  private writeUpstream(bytes: Buffer): void {
    const { upstream } = this;
    if (bytes.length === 0 || upstream === null || !upstream.writable) return;
    this.options.bytes.upstream.sent += bytes.length;
    if (!upstream.write(bytes)) this.client.pause();
  }

  private wireClient(): void {
    const { client } = this;
    // Paused before the listener is added, or adding it would start the flow; the upstream's `connect` does that.
    client.pause();
    client.on('data', (chunk: Buffer) => this.fromClient(chunk));
    client.on('end', () => this.clientEnded());
    client.on('drain', () => this.resumeUpstream());
    client.on('error', ignore);
    client.on('close', () => this.closed(client));
  }

  private fromClient(chunk: Buffer): void {
    if (this.settled || this.lingering) return;
    this.options.meter.bytesSent += chunk.length;
    this.options.bytes.upstream.received += chunk.length;
    this.relay.fromClient(chunk);
  }

  private clientEnded(): void {
    if (this.settled || this.lingering) return;
    // Nobody is left who could answer.
    if (this.rules.forgotten) this.close('fault');
    else this.relay.clientEnded();
  }

  private resumeClient(): void {
    const { upstream } = this;
    if (this.lingering || this.settled || this.rules.forgotten) this.client.resume();
    else if (this.connected && !this.clientHeld && !this.pipes.upstream.full && upstream?.writableNeedDrain === false) this.client.resume();
  }

  private resumeUpstream(): void {
    if (this.upstreamSilenced || this.upstreamHeld || this.pipes.downstream.full || this.client.writableNeedDrain) return;
    this.upstream?.resume();
  }

  /** The target drops its end without a word. The caller's stays, and what it sends vanishes. */
  private forget(): void {
    const old = this.upstream;
    this.upstreamSilenced = true;
    this.upstream = null;
    if (old !== null) resetSocket(old);
    this.resumeClient();
  }

  private upstreamClosed(upstream: Socket): void {
    if (upstream !== this.upstream) return;
    // What it sent before it broke still travels through the stages, and the end of it behind that.
    const inPipe = this.served && this.pipes.downstream.staged && !upstream.readableEnded;
    if (inPipe && this.listensTo(upstream) && !endedCleanly(upstream)) {
      this.upstreamBroke = true;
      return this.pipes.downstream.passEnd();
    }
    if (!this.upstreamSilenced || this.settled) this.closed(upstream);
  }

  private closed(socket: Socket): void {
    if (!this.settled && !this.lingering && !endedCleanly(socket)) return this.reset(this.rules.forgotten ? 'fault' : 'broken');
    if (!this.client.destroyed || this.upstream?.destroyed === false) return;
    this.settle('clean');
    this.options.onGone(this);
  }

  private eachSocket(act: (socket: Socket) => void): void {
    act(this.client);
    if (this.upstream !== null) act(this.upstream);
  }

  private settle(end: LinkEnd): void {
    if (this.settled) return;
    this.settled = true;
    this.connectDelay?.drop();
    this.rules.drop();
    // A caller whose upstream never answered the dial asked for something, and got nothing.
    if (!this.served) this.options.meter.count('noResponse', 0, end === 'fault');
    this.relay.closed(end);
    this.options.onSettled(this);
  }
}

function ignore(): void {
  // Every error of a socket is followed by its `close`, which ends the link; the errors themselves are the peers' business.
}
