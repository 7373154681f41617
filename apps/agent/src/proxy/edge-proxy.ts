import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { edgeLabel } from '#contracts';
import type { Proxy } from '#contracts';
import type { Log } from '../log.js';
import type { EdgeMeter } from '../sensors/edge-meter.js';
import { HttpRelay } from './http-relay.js';
import { Link } from './link.js';
import type { ActiveRule, Relay, RuleSource } from './relay.js';
import { hostAndPort, resetSocket } from './sockets.js';
import { TcpRelay } from './tcp-relay.js';

// One line a minute and edge is enough to find a sick peer, and cannot fill a disk when every connection is one.
const SAME_WARNING_EVERY_MS = 60_000;

interface EdgeProxyOptions {
  readonly proxy: Proxy;
  readonly meter: EdgeMeter;
  readonly log: Log;
}

/** One proxied edge: listens where the source dials, links each connection to the upstream, and carries at most one fault. */
export class EdgeProxy implements RuleSource {
  active: ActiveRule | null = null;
  readonly proxy: Proxy;
  private readonly server: Server;
  private readonly links = new Set<Link>();
  private readonly upstream: { readonly host: string; readonly port: number };
  private warnedAtMs = -Infinity;

  constructor(private readonly options: EdgeProxyOptions) {
    this.proxy = options.proxy;
    this.upstream = hostAndPort(options.proxy.upstream);
    this.server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true, keepAlive: true }, (client) => this.accept(client));
  }

  /** Rejects with Node's error when the address cannot be had. */
  async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(hostAndPort(this.proxy.listen), () => {
        this.server.off('error', reject);
        resolve();
      });
    });
    // Accepting can fail later, when the process is out of file descriptors: the next connection is tried again.
    this.server.on('error', (error) => this.warn('a connection could not be accepted', error.message));
  }

  /** The port that is listened on, also when the system file left the choice to the kernel (port 0). */
  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** From here on the rule acts, also on connections that are open. */
  apply(active: ActiveRule): void {
    this.active = active;
    if (active.rule.openConnections === 'reset') for (const link of this.links) link.reset('fault');
  }

  /** From here on the edge is clean: held requests are on their way, hung ones reset. Waits for nothing. */
  lift(): void {
    this.active = null;
    for (const link of this.links) link.ruleLifted();
  }

  async close(): Promise<void> {
    // Not listening is no failure here: a start that failed half-way closes all alike.
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const link of this.links) link.close('broken');
    await closed;
  }

  private accept(client: Socket): void {
    const { meter } = this.options;
    meter.connectionsOpened += 1;
    if (this.active?.rule.onConnect?.().type === 'refuse') {
      meter.count('noResponse', 0, true);
      return resetSocket(client);
    }
    meter.connectionsActive += 1;
    const link = new Link({ client, upstream: this.upstream, meter, relayOf: (of) => this.relay(of), onSettled: (gone) => this.settled(gone) });
    this.links.add(link);
  }

  private relay(link: Link): Relay {
    const { meter } = this.options;
    if (this.proxy.edge.protocol === 'tcp') return new TcpRelay(link, meter, { rules: this });
    return new HttpRelay({ link, meter, rules: this, onNotHttp: (problem) => this.warn('a connection is not plain HTTP/1.x and is passed on unmatched', problem) });
  }

  private settled(link: Link): void {
    this.options.meter.connectionsActive -= 1;
    this.links.delete(link);
  }

  private warn(message: string, problem: string): void {
    const nowMs = performance.now();
    if (nowMs - this.warnedAtMs < SAME_WARNING_EVERY_MS) return;
    this.warnedAtMs = nowMs;
    this.options.log.warn({ edge: edgeLabel(this.proxy.edge), problem }, message);
  }
}
