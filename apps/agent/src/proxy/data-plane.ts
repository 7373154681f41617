import { AppError, edgeKeyText, edgeLabel } from '#contracts';
import type { AgentSystem, EdgeKey, Toxic, TopologyNode, UnleasedFault } from '#contracts';
import type { Log } from '../log.js';
import type { EdgeMeter } from '../sensors/edge-meter.js';
import { EdgeIndex } from './edge-index.js';
import { EdgeProxy } from './edge-proxy.js';
import { InTurn } from './in-turn.js';
import { NamedProxy } from './named-proxy.js';
import type { NamedProxyParts } from './named-proxy.js';
import { proxyNames } from './proxy-names.js';
import type { NewProxy, ProxySet, ToxicProxy } from './proxy-set.js';

interface DataPlaneParts extends NamedProxyParts {
  readonly system: AgentSystem;
  readonly log: Log;
}

/** Every proxy of this agent: those of the system file, and those made at run time through either face. */
export class DataPlane implements ProxySet {
  private readonly index: EdgeIndex;
  private readonly proxies = new Map<string, NamedProxy>();
  /** Not there yet for anyone who asks, but what is to act on them is known to the ledger already. */
  private readonly beginning = new Set<NamedProxy>();
  private readonly byEdge = new Map<string, NamedProxy>();
  private toldEdges = 0;
  private nameTwice: string | null = null;
  private readonly turns = new InTurn();
  private tellDescribed = (): void => undefined;
  private tellUnleased = (): void => undefined;

  constructor(private readonly parts: DataPlaneParts) {
    this.index = new EdgeIndex(parts.system);
    const names = proxyNames(parts.system);
    parts.system.proxies.forEach(({ edge, listen, upstream }, i) => {
      const name = names[i]!;
      if (this.proxies.has(name)) this.nameTwice = name;
      this.keep(this.build({ name, edge, listen, upstream, fixed: true }));
    });
    this.toldEdges = this.edges.length;
  }

  /** By the number of the edge in the agent's hello and reports. Grows; a number never changes its edge. */
  get meters(): readonly EdgeMeter[] {
    return this.index.meters;
  }
  /** By the same number; those of proxies that are gone keep theirs. */
  get edges(): readonly EdgeKey[] {
    return this.index.edges;
  }
  get nodes(): readonly TopologyNode[] {
    return this.index.nodes;
  }

  /** Calls `act` when there are more nodes and edges than before. */
  onDescribed(act: () => void): void {
    this.tellDescribed = act;
  }

  /** Calls `act` after each change of what acts without a lease. */
  onUnleased(act: () => void): void {
    this.tellUnleased = act;
  }

  /** Starts to listen on every edge; gives one line that says what to do when that cannot be, and then listens on none. */
  async listen(): Promise<string | null> {
    if (this.nameTwice !== null) return `Two proxies of the system file are named ${this.nameTwice}. Give one of them another \`name\`.`;
    for (const { proxy } of this.proxies.values()) {
      const problem = await proxy.open().then(() => null, (error: NodeJS.ErrnoException) => listenProblem(proxy, error));
      if (problem !== null) {
        await this.close();
        return problem;
      }
    }
    return null;
  }

  edgeProxy(edge: EdgeKey): EdgeProxy | undefined {
    return this.byEdge.get(edgeKeyText(edge))?.proxy;
  }

  /** Stops to listen and closes every connection. */
  async close(): Promise<void> {
    await Promise.all([...this.proxies.values()].map(({ proxy }) => proxy.close()));
  }

  /** What acts without a lease, or is about to. */
  unleased(): readonly UnleasedFault[] {
    return this.all.flatMap(({ unleased }) => unleased);
  }

  list(): readonly ToxicProxy[] {
    return [...this.proxies.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(name: string): ToxicProxy | undefined {
    return this.proxies.get(name);
  }

  create({ name, listen, upstream, enabled, toxics }: NewProxy): Promise<ToxicProxy> {
    return this.turns.run(name, async () => {
      if (this.proxies.has(name)) throw refused(`there is already a proxy named ${name}`);
      const proxy = this.build({ name, edge: this.index.runtimeEdge(name), listen, upstream, fixed: false });
      this.beginning.add(proxy);
      try {
        await proxy.begin(toxics, enabled);
        this.keep(proxy);
        this.tellOfNewEdges();
      } finally {
        this.beginning.delete(proxy);
        this.tellUnleased();
      }
      return proxy;
    });
  }

  async update(name: string, change: { readonly listen?: string; readonly upstream?: string; readonly enabled?: boolean }): Promise<ToxicProxy> {
    return this.change(name, async (proxy) => {
      const moves = change.listen !== undefined || change.upstream !== undefined;
      if (moves && proxy.fixed) throw refused(`the addresses of ${name} are those of the system file: change them there`);
      if (change.enabled === false) await proxy.disable();
      if (moves) await proxy.proxy.move(change);
      if (change.enabled === true) await proxy.enable();
    });
  }

  async remove(name: string): Promise<void> {
    await this.change(name, async (proxy) => {
      if (proxy.fixed) throw refused(`the proxy ${name} is declared in the system file: remove it there`);
      this.proxies.delete(name);
      this.byEdge.delete(edgeKeyText(proxy.edge));
      await proxy.close();
    });
  }

  async addToxic(name: string, toxic: Toxic): Promise<void> {
    await this.change(name, async (proxy) => {
      if (proxy.find(toxic.name) !== undefined) throw refused(`the proxy ${name} has a toxic named ${toxic.name} already`);
      await proxy.add(toxic);
    });
  }

  async updateToxic(name: string, toxicName: string, { attributes, toxicity }: { readonly attributes: Readonly<Record<string, number>>; readonly toxicity: number }): Promise<Toxic> {
    const proxy = await this.change(name, (found) => found.change({ ...toxicOf(found, toxicName), attributes: { ...attributes }, toxicity }));
    return toxicOf(proxy, toxicName);
  }

  async removeToxic(name: string, toxicName: string): Promise<void> {
    await this.change(name, (proxy) => proxy.remove(toxicOf(proxy, toxicName).name));
  }

  /** What cannot be freed does not keep the rest from it, and what was asked for before comes first, so that it is freed too. */
  async reset(): Promise<void> {
    const bound = this.all.filter(({ unleased }) => unleased.length > 0).map(({ name }) => name);
    const names = new Set([...bound, ...this.turns.busy]);
    const freed = await Promise.allSettled([...names].map((name) => this.turns.run(name, async () => this.proxies.get(name)?.free())));
    this.tellUnleased();
    const failed = freed.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  private get all(): readonly NamedProxy[] {
    return [...this.proxies.values(), ...this.beginning];
  }

  private change(name: string, act: (proxy: NamedProxy) => Promise<void>): Promise<NamedProxy> {
    return this.turns.run(name, async () => {
      const proxy = this.proxies.get(name);
      if (proxy === undefined) throw new AppError('NOT_FOUND', { what: 'proxy', id: name });
      try {
        await act(proxy);
      } finally {
        this.tellUnleased();
      }
      return proxy;
    });
  }

  private build({ name, edge, listen, upstream, fixed }: { name: string; edge: EdgeKey; listen: string; upstream: string; fixed: boolean }): NamedProxy {
    const proxy = new EdgeProxy({ edge, listen, upstream, meter: this.index.meterOf(edge), log: this.parts.log });
    return new NamedProxy(name, proxy, fixed, this.parts);
  }

  private keep(proxy: NamedProxy): void {
    this.proxies.set(proxy.name, proxy);
    this.byEdge.set(edgeKeyText(proxy.edge), proxy);
  }

  private tellOfNewEdges(): void {
    if (this.edges.length === this.toldEdges) return;
    this.toldEdges = this.edges.length;
    this.tellDescribed();
  }
}

function toxicOf(proxy: NamedProxy, name: string): Toxic {
  const toxic = proxy.find(name);
  if (toxic === undefined) throw new AppError('NOT_FOUND', { what: `toxic of ${proxy.name}`, id: name });
  return toxic;
}

function refused(problems: string): AppError {
  return new AppError('INVALID_REQUEST', { problems });
}

function listenProblem({ listen, edge }: EdgeProxy, error: NodeJS.ErrnoException): string {
  const where = `The agent cannot listen on ${listen} for the edge ${edgeLabel(edge)}`;
  if (error.code === 'EADDRINUSE') return `${where}: another process has the port. Stop that process, or give the edge another port in the system file.`;
  if (error.code === 'EACCES') return `${where}: the port needs more rights. Choose a port above 1023 in the system file.`;
  return `${where}: ${error.message}. Correct the address in the system file.`;
}
