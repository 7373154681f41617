import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { AGENT_PATH, AGENT_PROTOCOL, FAULT_KINDS, edgeKeyText, serverMessageSchema, type AgentMessage, type Capability, type EdgeCounts, type EdgeSecond, type EnrolTokenView, type EnrolledView, type FlowReport, type ProxyView, type ServerMessage, type Topology, type UnleasedFault } from '#contracts';
import { LatencySketch } from '#traffic';
import type { ApiClient } from './api-client.js';
import { waitUntil } from './wait-until.js';

type MessageOf<Type extends ServerMessage['type']> = Extract<ServerMessage, { type: Type }>;

export const NO_COUNTS: EdgeCounts = { outcomes: { ok: 0, clientError: 0, serverError: 0, noResponse: 0 }, faulted: 0, bytesSent: 0, bytesReceived: 0, connectionsOpened: 0 };

/** gateway -> cart -> stock over http, cart -> db over tcp, in two regions. */
export const SMALL_SHOP: Topology = {
  regions: [
    { name: 'eu', city: 'Zurich', latitudeDeg: 47.4, longitudeDeg: 8.5 },
    { name: 'us', city: 'Ashburn', latitudeDeg: 39, longitudeDeg: -77.5 },
  ],
  nodes: [
    { name: 'gateway', kind: 'service', region: 'eu' },
    { name: 'cart', kind: 'service', region: 'eu' },
    { name: 'stock', kind: 'service', region: 'us' },
    { name: 'db', kind: 'database', region: 'us' },
  ],
  edges: [
    { source: 'gateway', target: 'cart', protocol: 'http' },
    { source: 'cart', target: 'stock', protocol: 'http' },
    { source: 'cart', target: 'db', protocol: 'tcp' },
  ],
};

/** What a test says of one second; the agent adds it up. */
export type SeenSecond = Omit<EdgeSecond, 'totals'>;

export interface Manners {
  /** What it does with an order to apply. */
  readonly onApply: 'confirm' | 'refuse' | 'ignore';
  /** What it does with an order to revert. */
  readonly onRevert: 'confirm' | 'fail' | 'ignore';
  /** Edges on which it refuses an order, whatever `onApply` says; by index. */
  readonly refuseOn?: readonly number[];
  /** What it does with questions about proxies. */
  readonly onProxies?: 'answer' | 'refuse' | 'ignore';
}
const HEAR_WAIT_MS = 20_000;
const OBEDIENT: Manners = { onApply: 'confirm', onRevert: 'confirm' };
const ABLE: readonly Capability[] = FAULT_KINDS.map((kind) => ({ kind, unavailable: null }));

/** Speaks the agent channel over a real socket and holds faults on paper only; a test sets its manners and writes its reports. */
export class FakeAgent {
  readonly received: ServerMessage[] = [];
  readonly held = new Set<string>();
  manners: Manners = OBEDIENT;
  /** Said in the next hello. */
  capabilities: readonly Capability[] = ABLE;
  /** What it holds without a lease; `tellUnleased` says so. */
  unleased: readonly UnleasedFault[] = [];
  readonly proxies = new Map<string, ProxyView>();
  bootId: string = randomUUID();
  // Before all seconds that tests report.
  startedAtMs = Date.now() - 2 * 86_400_000;
  /** How the last connection ended. */
  closedWith: number | null = null;
  private socket: WebSocket | null = null;
  private nextSeq = 0;
  private readonly totals = new Map<number, EdgeCounts>();
  private listeners: (() => void)[] = [];

  private constructor(
    private readonly origin: string,
    readonly name: string,
    readonly secret: string,
    readonly topology: Topology,
  ) {}

  /** Enrols with a fresh token and says hello. */
  static async start(admin: ApiClient, { name = 'local', topology = SMALL_SHOP } = {}): Promise<FakeAgent> {
    const { token } = await admin.need<EnrolTokenView>('POST', '/api/agents/tokens');
    const { secret } = await admin.need<EnrolledView>('POST', '/api/agents/enrol', { token, name });
    const agent = new FakeAgent(admin.origin, name, secret, topology);
    await agent.connect();
    return agent;
  }

  /** Connects, or connects again, and says hello; `hello` replaces parts of it. */
  async connect(hello: Partial<Extract<AgentMessage, { type: 'hello' }>> = {}): Promise<void> {
    await this.open();
    const faults = [...this.held].map((faultId) => ({ faultId, state: 'active' as const, target: { type: 'edge' as const, edge: this.edge(0) } }));
    const seen = this.received.length;
    this.send({ type: 'hello', protocol: AGENT_PROTOCOL, version: '0.0.0-fake', bootId: this.bootId, startedAtMs: this.startedAtMs, ...this.topology, faults, capabilities: [...this.capabilities], ...hello });
    await this.hear(seen, ({ type }) => type === 'welcome' || type === 'rejected');
  }

  /** The first message from the `from`th on that fits, without a pause between it and its arrival; fails when none comes. */
  async hear(from: number, fits: (message: ServerMessage) => boolean): Promise<ServerMessage> {
    const found = await this.happens(() => this.received.slice(from).find(fits));
    if (found === undefined) throw new Error(`The server did not say what was waited for, and ${this.closedWith === null ? 'is still connected' : `closed with ${this.closedWith}`}.`);
    return found;
  }

  /** Resolves once the server has closed the connection. */
  async closed(): Promise<void> {
    await this.happens(() => this.closedWith ?? undefined);
  }

  /** Only the socket, without a hello. */
  async open(): Promise<void> {
    const socket = new WebSocket(`${this.origin.replace('http', 'ws')}${AGENT_PATH}`, { headers: { authorization: `Bearer ${this.secret}` } });
    this.closedWith = null;
    this.socket = socket;
    socket.on('message', (data) => this.receive(serverMessageSchema.parse(JSON.parse(String(data)))));
    socket.on('close', (code) => {
      if (this.socket === socket) this.closedWith = code;
      this.wake();
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
  }

  /** Gone without a word, as a cut cable: the process on this side keeps what it holds. */
  vanish(): void {
    this.socket?.terminate();
    this.socket = null;
  }

  /** A new process: nothing of the old one is held. */
  async restart({ startedAtMs = this.startedAtMs + 1 } = {}): Promise<void> {
    this.vanish();
    this.held.clear();
    this.bootId = randomUUID();
    this.startedAtMs = startedAtMs;
    this.totals.clear();
    this.nextSeq = 0;
    await this.connect();
  }

  send(message: AgentMessage): void {
    this.sendText(JSON.stringify(message));
  }

  sendText(text: string): void {
    this.socket?.send(text);
  }

  tellUnleased(faults: readonly UnleasedFault[] = this.unleased): void {
    this.unleased = faults;
    this.send({ type: 'unleased', faults: [...faults] });
  }

  edge(index: number): Topology['edges'][number] {
    const edge = this.topology.edges[index];
    if (edge === undefined) throw new Error(`The fake agent carries no edge ${index}.`);
    return edge;
  }

  /** The messages of one type, oldest first. */
  heard<Type extends ServerMessage['type']>(type: Type): MessageOf<Type>[] {
    return this.received.filter((message): message is MessageOf<Type> => message.type === type);
  }

  /** Sends one report and gives it, so that a test can send it again. */
  report(sec: number, edges: readonly SeenSecond[], parts: Partial<FlowReport> = {}): FlowReport {
    const report = { seq: this.nextSeq, sec, edges: edges.map((seen) => ({ ...seen, totals: this.count(seen) })), droppedReports: 0, ...parts };
    this.nextSeq = Math.max(this.nextSeq, report.seq + 1);
    this.send({ type: 'flow', report });
    return report;
  }

  /** Resolves once everything up to `seq` of this boot is acknowledged. */
  async acknowledged(seq: number): Promise<void> {
    await waitUntil(`report ${seq} is acknowledged`, () => this.heard('flow-ack').some((ack) => ack.bootId === this.bootId && ack.seq >= seq), 30_000);
  }

  /** What `look` finds as soon as it finds something; undefined when that takes too long. */
  private async happens<T>(look: () => T | undefined): Promise<T | undefined> {
    const endsAtMs = performance.now() + HEAR_WAIT_MS;
    for (let found = look(); ; found = look()) {
      const leftMs = endsAtMs - performance.now();
      if (found !== undefined || leftMs <= 0) return found;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        this.listeners.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  private count({ edge, outcomes, faulted, bytesSent, bytesReceived, connectionsOpened }: SeenSecond): EdgeCounts {
    const before = this.totals.get(edge) ?? NO_COUNTS;
    const { ok, clientError, serverError, noResponse } = before.outcomes;
    const total = {
      outcomes: { ok: ok + outcomes.ok, clientError: clientError + outcomes.clientError, serverError: serverError + outcomes.serverError, noResponse: noResponse + outcomes.noResponse },
      faulted: before.faulted + faulted,
      bytesSent: before.bytesSent + bytesSent,
      bytesReceived: before.bytesReceived + bytesReceived,
      connectionsOpened: before.connectionsOpened + connectionsOpened,
    };
    this.totals.set(edge, total);
    return total;
  }

  private wake(): void {
    for (const listener of this.listeners.splice(0)) listener();
  }

  private receive(message: ServerMessage): void {
    this.received.push(message);
    this.wake();
    if (message.type === 'apply') this.obeyApply(message.order);
    if (message.type === 'revert') this.obeyRevert(message.faultId, message.reason);
    if (message.type === 'revert-all') this.obeyRevertAll(message.reason);
    if ('requestId' in message && this.manners.onProxies !== 'ignore') this.answer(message);
  }

  private obeyApply({ faultId, target }: MessageOf<'apply'>['order']): void {
    const refused = this.manners.refuseOn?.some((index) => target.type === 'edge' && edgeKeyText(target.edge) === edgeKeyText(this.edge(index)));
    if (refused === true || this.manners.onApply === 'refuse') this.send({ type: 'apply-refused', faultId, reason: 'the proxy is gone' });
    if (refused === true || this.manners.onApply !== 'confirm') return;
    this.held.add(faultId);
    this.send({ type: 'applied', faultId, atMs: Date.now() });
  }

  private obeyRevertAll(reason: MessageOf<'revert-all'>['reason']): void {
    for (const faultId of this.held) this.obeyRevert(faultId, reason);
    if (this.manners.onRevert === 'confirm' && this.unleased.length > 0) this.tellUnleased([]);
  }

  private answer(question: Extract<ServerMessage, { requestId: string }>): void {
    const { requestId } = question;
    if (this.manners.onProxies === 'refuse') return this.send({ type: 'proxy-refused', requestId, reason: 'the port is taken' });
    if (question.type === 'list-proxies') return this.send({ type: 'proxies', requestId, proxies: [...this.proxies.values()].map((proxy) => ({ ...proxy, toxics: [...proxy.toxics] })) });
    if (question.type === 'remove-proxy') {
      this.proxies.delete(question.name);
      return this.send({ type: 'proxy-removed', requestId });
    }
    const { name, listen, upstream, enabled, toxics } = question.proxy;
    const proxy = { name, listen, upstream, enabled, fixed: false, toxics: toxics.map((toxic) => ({ ...toxic, name: toxic.name ?? `${toxic.type}_${toxic.stream}` })) };
    this.proxies.set(name, proxy);
    this.send({ type: 'proxy-made', requestId, proxy });
  }

  private obeyRevert(faultId: string, reason: MessageOf<'revert'>['reason']): void {
    if (this.manners.onRevert === 'fail') this.send({ type: 'revert-failed', faultId, problem: 'the listener is stuck' });
    if (this.manners.onRevert !== 'confirm') return;
    this.held.delete(faultId);
    this.send({ type: 'reverted', faultId, atMs: Date.now(), reason });
  }
}

/** One second of one edge. */
export function edgeSecond(edge: number, counts: { ok?: number; serverError?: number; noResponse?: number; faulted?: number; latencyMs?: number } = {}): SeenSecond {
  const { ok = 0, serverError = 0, noResponse = 0, faulted = 0, latencyMs = 10 } = counts;
  const sketch = new LatencySketch();
  if (ok + serverError > 0) sketch.add(latencyMs, ok + serverError);
  return {
    edge,
    outcomes: { ok, clientError: 0, serverError, noResponse },
    faulted,
    latency: sketch.toData(),
    bytesSent: 100,
    bytesReceived: 200,
    connectionsOpened: 0,
    connectionsActive: 1,
  };
}
