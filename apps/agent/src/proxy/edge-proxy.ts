import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { edgeLabel } from '#contracts';
import type { EdgeKey } from '#contracts';
import type { EdgeRule } from '#faults';
import type { Log } from '../log.js';
import { EdgeMeter } from '../sensors/edge-meter.js';
import { noBytes } from './byte-counts.js';
import type { ByteCounts } from './byte-counts.js';
import { EdgeRules } from './edge-rules.js';
import { HttpRelay } from './http-relay.js';
import { Link } from './link.js';
import { Listener } from './listener.js';
import type { ActiveRule, LinkRule, Relay } from './relay.js';
import { hostAndPort, plainAddress, resetSocket } from './sockets.js';
import { TcpRelay } from './tcp-relay.js';

// One line a minute and edge is enough to find a sick peer, and cannot fill a disk when every connection is one.
const SAME_WARNING_EVERY_MS = 60_000;

interface Address {
  readonly host: string;
  readonly port: number;
}

interface EdgeProxyOptions {
  readonly edge: EdgeKey;
  readonly listen: string;
  readonly upstream: string;
  readonly meter: EdgeMeter;
  readonly log: Log;
}

/** A probe's own version of a fault that acts here, and the stand-in for the target. */
export interface Probe {
  readonly faultId: string;
  readonly rule: EdgeRule;
  readonly upstream: Address;
}

/** How one connection is carried. */
interface Passage {
  readonly rules: readonly LinkRule[];
  readonly upstream: Address;
  readonly meter: EdgeMeter;
  readonly bytes: ByteCounts;
}

/** One proxied edge: listens where the source dials, links each connection to the upstream, and carries any number of rules at once. */
export class EdgeProxy {
  readonly bytes = noBytes();
  private readonly ruleSet = new EdgeRules();
  private readonly links = new Set<Link>();
  /** Connections of injection proofs, with the fault that each is to meet. Other faults leave them alone. */
  private readonly probes = new Map<Link, string>();
  private listener: Listener;
  private upstreamText: string;
  private upstreamAddress: Address;
  private wantsToServe = false;
  private warnedAtMs = -Infinity;

  constructor(private readonly options: EdgeProxyOptions) {
    this.upstreamText = options.upstream;
    this.upstreamAddress = hostAndPort(options.upstream);
    this.listener = this.createListener(options.listen);
  }

  get edge(): EdgeKey {
    return this.options.edge;
  }
  get meter(): EdgeMeter {
    return this.options.meter;
  }
  /** Where it listens or last did, as Go prints it: `127.0.0.1:46679`, `[::]:8080`. As it was given while it has never listened. */
  get listen(): string {
    return this.listener.address;
  }
  get port(): number {
    return this.listener.port;
  }
  get upstream(): string {
    return this.upstreamText;
  }
  get enabled(): boolean {
    return this.wantsToServe;
  }
  /** Those that act, in the order in which they began. */
  get rules(): readonly ActiveRule[] {
    return this.ruleSet.active;
  }

  /** Serves, and listens unless a fault keeps the port closed. Rejects with Node's error when the address cannot be had, and is disabled then. */
  async open(): Promise<void> {
    this.wantsToServe = true;
    await this.settleListener().catch((error: unknown) => {
      this.wantsToServe = false;
      throw error;
    });
  }

  /** Stops to listen and drops every connection. Its rules stay for when it is opened again. */
  disable(): void {
    this.wantsToServe = false;
    void this.listener.close();
    this.dropLinks('fault');
  }

  /** Goes on at other addresses; live connections are dropped. Rejects with Node's error when one cannot be had, and serves where it did. */
  async move({ listen, upstream }: { readonly listen?: string; readonly upstream?: string }): Promise<void> {
    if (listen !== undefined) await this.exchangeListener(this.createListener(listen));
    this.upstreamText = upstream ?? this.upstreamText;
    this.upstreamAddress = hostAndPort(this.upstreamText);
    this.dropLinks('broken');
  }

  /** From here on the rule acts, also on connections that are open. It takes the place of one with its name. */
  apply(active: ActiveRule): void {
    this.ruleSet.put(active);
    if (active.rule.listener === 'closed') void this.listener.close();
    const before = this.ruleSet.before(active.faultId);
    for (const link of [...this.links]) this.applyTo(link, active, before);
  }

  /**
   * From here on the rule does not act: what it held is on its way, what it left hanging is reset. Waits for nothing but the port, where the rule
   * had closed it; rejects with Node's error when that cannot be had, and may then be asked again. Harmless when nothing of that name acts.
   */
  lift(faultId: string): Promise<void> {
    this.ruleSet.lift(faultId);
    for (const link of [...this.links]) link.liftRule(faultId);
    for (const [link, of] of [...this.probes]) if (of === faultId) link.liftRule(faultId);
    return this.settleListener();
  }

  /**
   * Serves a connection as one of the edge's own, but with the probe's rule alone, towards the probe's upstream, and without counting it. For sockets
   * that are paused and may be half open. Throws when the fault does not act here.
   */
  acceptProbe(client: Socket, { faultId, rule, upstream }: Probe): void {
    if (!this.ruleSet.has(faultId)) throw new Error(`the fault ${faultId} does not act on ${edgeLabel(this.edge)}`);
    const own = rule.forConnection({ index: 0, sourceAddress: plainAddress(client.remoteAddress), isNew: true });
    const rules = own === null ? [] : [{ faultId, announce: rule.announce, rule: own }];
    const link = this.serve(client, { rules, upstream, meter: new EdgeMeter(), bytes: noBytes() });
    if (link !== null) this.probes.set(link, faultId);
  }

  /** Stops to listen and closes every connection. */
  async close(): Promise<void> {
    this.wantsToServe = false;
    // Not listening is no failure here: a start that failed half-way closes all alike.
    const closed = this.listener.close();
    this.dropLinks('broken');
    for (const link of [...this.probes.keys()]) link.destroy('broken');
    await closed;
  }

  private get shouldListen(): boolean {
    return this.wantsToServe && !this.ruleSet.keepClosed;
  }

  private async settleListener(): Promise<void> {
    if (this.shouldListen) await this.listener.open();
  }

  private createListener(address: string): Listener {
    return new Listener(address, { onConnection: (client) => this.accept(client), onProblem: (error) => this.warn('a connection could not be accepted', error.message) });
  }

  // The old port is given up first, for the new address may be the same port of another host.
  private async exchangeListener(next: Listener): Promise<void> {
    const former = this.listener;
    this.listener = next;
    void former.close();
    await this.settleListener().catch(async (error: unknown) => {
      this.listener = former;
      if (this.wantsToServe) await this.open().catch(() => undefined);
      throw error;
    });
  }

  private dropLinks(end: 'fault' | 'broken'): void {
    for (const link of [...this.links]) link.destroy(end);
  }

  private applyTo(link: Link, { faultId, rule }: ActiveRule, before: readonly string[]): void {
    const own = this.ruleSet.ask(faultId, { sourceAddress: link.sourceAddress, isNew: false });
    if (rule.openConnections === 'reset') link.reset('fault');
    else if (own !== null) link.putRule(own, before);
    // What an updated toxic no longer hits goes on free.
    else link.liftRule(faultId);
  }

  private accept(client: Socket): void {
    const { meter } = this.options;
    meter.connectionsOpened += 1;
    const rules = this.ruleSet.empty ? NO_RULES : this.ruleSet.askAll({ sourceAddress: plainAddress(client.remoteAddress), isNew: true });
    const link = this.serve(client, { rules, upstream: this.upstreamAddress, meter, bytes: this.bytes });
    if (link === null) return;
    meter.connectionsActive += 1;
    this.links.add(link);
  }

  /** Null: the connection was refused. */
  private serve(client: Socket, { rules, upstream, meter, bytes }: Passage): Link | null {
    const verdict = connectVerdict(rules);
    // An upstream that is no address is one that nobody can reach.
    if (verdict.refused || !(upstream.port <= 65_535)) {
      meter.count('noResponse', 0, verdict.refused);
      resetSocket(client);
      return null;
    }
    return new Link({
      client,
      upstream,
      meter,
      bytes,
      rules,
      connectDelaysMs: verdict.delaysMs,
      relayOf: (link) => this.relay(link, meter),
      onSettled: () => (meter.connectionsActive -= 1),
      onGone: (link) => this.gone(link),
    });
  }

  private relay(link: Link, meter: EdgeMeter): Relay {
    if (this.edge.protocol === 'tcp') return new TcpRelay(link, meter, { rules: link.rules });
    return new HttpRelay({ link, meter, rules: link.rules, onNotHttp: (problem) => this.warn('a connection is not plain HTTP/1.x and is passed on unmatched', problem) });
  }

  private gone(link: Link): void {
    this.links.delete(link);
    this.probes.delete(link);
  }

  private warn(message: string, problem: string): void {
    const nowMs = performance.now();
    if (nowMs - this.warnedAtMs < SAME_WARNING_EVERY_MS) return;
    this.warnedAtMs = nowMs;
    this.options.log.warn({ edge: edgeLabel(this.edge), problem }, message);
  }
}

const NO_RULES: readonly LinkRule[] = [];
const NO_DELAYS: Map<string, number> = new Map();

function connectVerdict(rules: readonly LinkRule[]): { readonly refused: boolean; readonly delaysMs: Map<string, number> } {
  if (rules.length === 0) return { refused: false, delaysMs: NO_DELAYS };
  const delaysMs = new Map<string, number>();
  let refused = false;
  for (const { faultId, rule } of rules) {
    const verdict = rule.onConnect?.() ?? { type: 'accept' };
    refused ||= verdict.type === 'refuse';
    if (verdict.type === 'delay') delaysMs.set(faultId, verdict.delayMs);
  }
  return { refused, delaysMs };
}
